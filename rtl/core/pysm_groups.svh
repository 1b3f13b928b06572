// Group of a tag, as trap vectors count them. To be included inside a module.
function automatic [2:0] group_of(input [7:0] tag);
  case (tag[4:0])
    5'd0: group_of = 3'd`PYSM_GROUP_OF_TAG_0;
    5'd1: group_of = 3'd`PYSM_GROUP_OF_TAG_1;
    5'd2: group_of = 3'd`PYSM_GROUP_OF_TAG_2;
    5'd3: group_of = 3'd`PYSM_GROUP_OF_TAG_3;
    5'd4: group_of = 3'd`PYSM_GROUP_OF_TAG_4;
    5'd5: group_of = 3'd`PYSM_GROUP_OF_TAG_5;
    5'd6: group_of = 3'd`PYSM_GROUP_OF_TAG_6;
    5'd7: group_of = 3'd`PYSM_GROUP_OF_TAG_7;
    5'd8: group_of = 3'd`PYSM_GROUP_OF_TAG_8;
    5'd9: group_of = 3'd`PYSM_GROUP_OF_TAG_9;
    5'd10: group_of = 3'd`PYSM_GROUP_OF_TAG_10;
    5'd11: group_of = 3'd`PYSM_GROUP_OF_TAG_11;
    5'd12: group_of = 3'd`PYSM_GROUP_OF_TAG_12;
    5'd13: group_of = 3'd`PYSM_GROUP_OF_TAG_13;
    5'd14: group_of = 3'd`PYSM_GROUP_OF_TAG_14;
    5'd15: group_of = 3'd`PYSM_GROUP_OF_TAG_15;
    5'd16: group_of = 3'd`PYSM_GROUP_OF_TAG_16;
    5'd17: group_of = 3'd`PYSM_GROUP_OF_TAG_17;
    5'd18: group_of = 3'd`PYSM_GROUP_OF_TAG_18;
    5'd19: group_of = 3'd`PYSM_GROUP_OF_TAG_19;
    5'd20: group_of = 3'd`PYSM_GROUP_OF_TAG_20;
    5'd21: group_of = 3'd`PYSM_GROUP_OF_TAG_21;
    5'd22: group_of = 3'd`PYSM_GROUP_OF_TAG_22;
    5'd23: group_of = 3'd`PYSM_GROUP_OF_TAG_23;
    5'd24: group_of = 3'd`PYSM_GROUP_OF_TAG_24;
    5'd25: group_of = 3'd`PYSM_GROUP_OF_TAG_25;
    5'd26: group_of = 3'd`PYSM_GROUP_OF_TAG_26;
    5'd27: group_of = 3'd`PYSM_GROUP_OF_TAG_27;
    5'd28: group_of = 3'd`PYSM_GROUP_OF_TAG_28;
    5'd29: group_of = 3'd`PYSM_GROUP_OF_TAG_29;
    5'd30: group_of = 3'd`PYSM_GROUP_OF_TAG_30;
    default: group_of = 3'd`PYSM_GROUP_OF_TAG_31;
  endcase
endfunction
