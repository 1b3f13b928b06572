// What the read stage has decoded for execute fits the instruction that execute holds, in every cycle. The other proofs
// rely on it: for them execute takes it from the instruction again.
`include "pysm_words.svh"
`include "pysm_action.svh"

module formal_decoded (
`include "core_inputs.svh"
);
`include "core_outputs.svh"
  pysm_core core (.*);

  (* hierconn *) wire        \core.execute.valid ;
  (* hierconn *) wire [3:0]  \core.execute.resumes , \core.execute.resumes_kept ;
  (* hierconn *) wire [15:0] \core.execute.part , \core.execute.part_kept ;

  reg first = 1'b1;
  always @(posedge clk) begin
    first <= 1'b0;
    assume (rst == first);
    if (!first && \core.execute.valid ) begin
      assert (\core.execute.resumes_kept == \core.execute.resumes );
      assert (\core.execute.part_kept == \core.execute.part );
    end
  end
endmodule
