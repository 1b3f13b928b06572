/**
 * Handlers of the fast loop, by number, and which instruction goes to which. Moves between locals, constants, globals
 * and the stack are all one handler: they differ by where their operands lie, which is fixed at load time.
 */
import {
  MEMORY_GLOBALS,
  OP_ADD,
  OP_ADDI,
  OP_AND,
  OP_ANDI,
  OP_BBC,
  OP_BBND,
  OP_BBS,
  OP_BEQ,
  OP_BF,
  OP_BGE,
  OP_BGT,
  OP_BIS,
  OP_BLE,
  OP_BLT,
  OP_BNE,
  OP_BNEQ,
  OP_BNGE,
  OP_BNGT,
  OP_BNIS,
  OP_BNLE,
  OP_BNLT,
  OP_BNNE,
  OP_BNTAG,
  OP_BT,
  OP_BTAG,
  OP_BUNB,
  OP_CALL,
  OP_CALLM,
  OP_CEQ,
  OP_CGE,
  OP_CGT,
  OP_CLE,
  OP_CLT,
  OP_CNE,
  OP_DIV,
  OP_DIVI,
  OP_EXT,
  OP_FLOOR,
  OP_FLOORI,
  OP_FORITER,
  OP_FORR,
  OP_FORS,
  OP_JMP,
  OP_LDA,
  OP_LDG,
  OP_LDI,
  OP_LDK,
  OP_LDW,
  OP_LDW8,
  OP_LDX,
  OP_LEN,
  OP_MOD,
  OP_MODI,
  OP_MOV,
  OP_MUL,
  OP_MULI,
  OP_OR,
  OP_ORI,
  OP_RET,
  OP_SHL,
  OP_SHLI,
  OP_SHR,
  OP_SHRI,
  OP_STA,
  OP_STG,
  OP_STW,
  OP_STW8,
  OP_STX,
  OP_SUB,
  OP_SUBI,
  OP_XOR,
  OP_XORI,
  OP_ZXT,
  OP_ZXTI,
} from './generated/isa';
import { A_AT, A_FRAME_AT, D_AT, D_FRAME_AT, IMMEDIATE_AT } from './decode';
import { CELL_SHIFT, GLOBALS } from './layout';

/** The instruction runs through step(). */
export const F_STEP: i32 = 0;
/** A breakpoint stands here. */
export const F_BREAK: i32 = 1;
export const F_MOVE: i32 = 2;
export const F_LDG: i32 = 3;
export const F_BIS: i32 = 4;
export const F_BNIS: i32 = 5;
export const F_BT: i32 = 6;
export const F_BF: i32 = 7;
export const F_BBS: i32 = 8;
export const F_BBC: i32 = 9;
export const F_BTAG: i32 = 10;
export const F_BNTAG: i32 = 11;
export const F_BUNB: i32 = 12;
export const F_BBND: i32 = 13;
export const F_FORR: i32 = 14;
export const F_FORS: i32 = 15;
export const F_JMP: i32 = 16;
export const F_CALL: i32 = 17;
export const F_RET: i32 = 18;
export const F_LDX: i32 = 19;
export const F_STX: i32 = 20;
export const F_LDA: i32 = 21;
export const F_STA: i32 = 22;
export const F_CALLM: i32 = 23;
export const F_LEN: i32 = 24;
export const F_FORITER: i32 = 25;
export const F_LDW: i32 = 26;
export const F_STW: i32 = 27;
export const F_EXT: i32 = 28;
export const F_LDI: i32 = 29;
export const F_ADD: i32 = 30;
export const F_SUB: i32 = 31;
export const F_MUL: i32 = 32;
export const F_AND: i32 = 33;
export const F_OR: i32 = 34;
export const F_XOR: i32 = 35;
export const F_SHL: i32 = 36;
export const F_SHR: i32 = 37;
export const F_ZXT: i32 = 38;
export const F_FLOOR: i32 = 39;
export const F_MOD: i32 = 40;
export const F_DIV: i32 = 41;
export const F_BLT: i32 = 42;
export const F_BLE: i32 = 43;
export const F_BEQ: i32 = 44;
export const F_BNE: i32 = 45;
export const F_BGT: i32 = 46;
export const F_BGE: i32 = 47;
export const F_BNLT: i32 = 48;
export const F_BNLE: i32 = 49;
export const F_BNGT: i32 = 50;
export const F_BNGE: i32 = 51;
export const F_BNEQ: i32 = 52;
export const F_BNNE: i32 = 53;
export const F_CLT: i32 = 54;
export const F_CLE: i32 = 55;
export const F_CEQ: i32 = 56;
export const F_CNE: i32 = 57;
export const F_CGT: i32 = 58;
export const F_CGE: i32 = 59;

/** Locals that LDW8 and STW8 reach. */
const WIDE_LOCALS: i32 = 256;

/** Makes operand a a word of the globals RAM. */
function globalSource(entry: i32): void {
  store<i32>(entry, GLOBALS + (load<i32>(entry, IMMEDIATE_AT) << CELL_SHIFT), A_AT);
}

/** The source in field d becomes operand a; what is left of d is free for the destination. */
function swapSource(entry: i32): void {
  store<i32>(entry, load<i32>(entry, D_AT), A_AT);
  store<u16>(entry, load<u16>(entry, D_FRAME_AT), A_FRAME_AT);
  store<u16>(entry, 0, D_FRAME_AT);
}

/** Handler of an instruction; the entry's operands may be rearranged for it. */
export function fastHandler(op: i32, entry: i32): i32 {
  const k = load<i32>(entry, IMMEDIATE_AT);
  switch (op) {
    case OP_MOV:
      return F_MOVE;
    case OP_LDI:
      store<i32>(entry, (k << 15) >> 15, IMMEDIATE_AT);
      return F_LDI;
    case OP_LDK:
    case OP_LDG:
      if (k >= MEMORY_GLOBALS) return F_STEP;
      globalSource(entry);
      return op == OP_LDK ? F_MOVE : F_LDG;
    case OP_STG:
      if (k >= MEMORY_GLOBALS) return F_STEP;
      swapSource(entry);
      store<i32>(entry, GLOBALS + (k << CELL_SHIFT), D_AT);
      return F_MOVE;
    case OP_LDW8:
      if (k >= WIDE_LOCALS) return F_STEP;
      store<i32>(entry, k << CELL_SHIFT, A_AT);
      store<i8>(entry, -1, A_FRAME_AT);
      return F_MOVE;
    case OP_STW8:
      if (k >= WIDE_LOCALS) return F_STEP;
      swapSource(entry);
      store<i32>(entry, k << CELL_SHIFT, D_AT);
      store<i8>(entry, -1, D_FRAME_AT);
      return F_MOVE;
    case OP_BIS:
      return F_BIS;
    case OP_BNIS:
      return F_BNIS;
    case OP_BT:
      return F_BT;
    case OP_BF:
      return F_BF;
    case OP_BBS:
      return F_BBS;
    case OP_BBC:
      return F_BBC;
    case OP_BTAG:
      return F_BTAG;
    case OP_BNTAG:
      return F_BNTAG;
    case OP_BUNB:
      return F_BUNB;
    case OP_BBND:
      return F_BBND;
    case OP_FORR:
      return F_FORR;
    case OP_FORS:
      return F_FORS;
    case OP_JMP:
      return F_JMP;
    case OP_CALL:
      return F_CALL;
    case OP_RET:
      return F_RET;
    case OP_LDX:
      return F_LDX;
    case OP_STX:
      return F_STX;
    case OP_LDA:
    case OP_LDA + 1:
    case OP_LDA + 2:
    case OP_LDA + 3:
      return F_LDA;
    case OP_STA:
    case OP_STA + 1:
    case OP_STA + 2:
    case OP_STA + 3:
      return F_STA;
    case OP_CALLM:
      return F_CALLM;
    case OP_LEN:
      return F_LEN;
    case OP_FORITER:
      return F_FORITER;
    case OP_LDW:
      return F_LDW;
    case OP_STW:
      return F_STW;
    case OP_EXT:
      return F_EXT;
    case OP_ADD:
    case OP_ADDI:
      return F_ADD;
    case OP_SUB:
    case OP_SUBI:
      return F_SUB;
    case OP_MUL:
    case OP_MULI:
      return F_MUL;
    case OP_AND:
    case OP_ANDI:
      return F_AND;
    case OP_OR:
    case OP_ORI:
      return F_OR;
    case OP_XOR:
    case OP_XORI:
      return F_XOR;
    case OP_SHL:
    case OP_SHLI:
      return F_SHL;
    case OP_SHR:
    case OP_SHRI:
      return F_SHR;
    case OP_ZXT:
    case OP_ZXTI:
      return F_ZXT;
    case OP_FLOOR:
    case OP_FLOORI:
      return F_FLOOR;
    case OP_MOD:
    case OP_MODI:
      return F_MOD;
    case OP_DIV:
    case OP_DIVI:
      return F_DIV;
    case OP_BLT:
      return F_BLT;
    case OP_BLE:
      return F_BLE;
    case OP_BEQ:
      return F_BEQ;
    case OP_BNE:
      return F_BNE;
    case OP_BGT:
      return F_BGT;
    case OP_BGE:
      return F_BGE;
    case OP_BNLT:
      return F_BNLT;
    case OP_BNLE:
      return F_BNLE;
    case OP_BNGT:
      return F_BNGT;
    case OP_BNGE:
      return F_BNGE;
    case OP_BNEQ:
      return F_BNEQ;
    case OP_BNNE:
      return F_BNNE;
    case OP_CLT:
      return F_CLT;
    case OP_CLE:
      return F_CLE;
    case OP_CEQ:
      return F_CEQ;
    case OP_CNE:
      return F_CNE;
    case OP_CGT:
      return F_CGT;
    case OP_CGE:
      return F_CGE;
    default:
      return F_STEP;
  }
}
