// Outputs that every part of execute has: its action in this cycle, see pysm_action.svh. The last ports of a part.
  output action_t     act,
  output place_t      at,
  output flow_t       go,
  output detail_t     info,
  output logic [71:0] made
