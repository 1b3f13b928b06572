// What the stages before have decoded fits the instructions that the read stage and execute hold, in every cycle; a core
// that stands still holds none; and the limit of frames is SLIM's. The other proofs rely on the first: for them it is taken
// from the instruction again.
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

  (* hierconn *) wire [2:0]  \core.execute.adder , \core.execute.adder_kept ;
  (* hierconn *) wire [6:0]  \core.execute.arithmetic , \core.execute.arithmetic_kept ;
  (* hierconn *) wire        \core.r_valid ;
  (* hierconn *) wire [21:0] \core.r_description , \core.r_description_kept ;

  (* hierconn *) wire [11:0] \core.execute.csr.slim ;
  (* hierconn *) wire signed [12:0] \core.execute.csr.slim_frames ;

  reg first = 1'b1;
  always @(posedge clk) begin
    first <= 1'b0;
    assume (rst == first);
    if (!first) begin
      assert (!(halted && \core.execute.valid ));
      assert (\core.execute.csr.slim_frames == $signed({1'b0, \core.execute.csr.slim }) - 13'sd`PYSM_OPERAND_WORDS);
    end
    if (!first && \core.r_valid ) assert (\core.r_description_kept == \core.r_description );
    if (!first && \core.execute.valid ) begin
      assert (\core.execute.resumes_kept == \core.execute.resumes );
      assert (\core.execute.adder_kept == \core.execute.adder );
      assert (\core.execute.arithmetic_kept == \core.execute.arithmetic );
    end
    if (!first) assert (\core.execute.part_kept == \core.execute.part );
  end
endmodule
