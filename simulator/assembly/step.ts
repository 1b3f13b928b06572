/**
 * One instruction, from its word: every instruction of the table, with all its outcomes, traps and faults, and its
 * re-issue with a pending resume word. The fast loop runs common outcomes of common instructions from their decoded form
 * and comes here for everything else; the slow path (single step, trace) comes here always.
 */
import {
  CYCLES_NOP_DONE,
  CYCLES_SPAN_DONE,
  FAULT_FIELD,
  FAULT_ILLEGAL,
  FAULT_RESUME,
  FAULT_SOFTWARE,
  FAULT_STACK,
  FAULT_WILD_PC,
  OP_ABS,
  OP_ADD,
  OP_ADDI,
  OP_ALLOC,
  OP_AND,
  OP_ANDI,
  OP_BBC,
  OP_BBND,
  OP_BBS,
  OP_BEQ,
  OP_BF,
  OP_BGE,
  OP_BGT,
  OP_BIN,
  OP_BIS,
  OP_BLE,
  OP_BLIST,
  OP_BLT,
  OP_BMAP,
  OP_BNE,
  OP_BNEQ,
  OP_BNGE,
  OP_BNGT,
  OP_BNIN,
  OP_BNIS,
  OP_BNLE,
  OP_BNLT,
  OP_BNNE,
  OP_BNTAG,
  OP_BRK,
  OP_BSET,
  OP_BSLICE,
  OP_BT,
  OP_BTAG,
  OP_BTUP,
  OP_BUNB,
  OP_CALL,
  OP_CALLKW,
  OP_CALLM,
  OP_CALLV,
  OP_CATCH,
  OP_CEQ,
  OP_CGE,
  OP_CGT,
  OP_CHKSP,
  OP_CIN,
  OP_CIS,
  OP_CLE,
  OP_CLRL,
  OP_CLT,
  OP_CLZ,
  OP_CNE,
  OP_CNIN,
  OP_CNIS,
  OP_CSRR,
  OP_CSRW,
  OP_CVT,
  OP_DELA,
  OP_DELX,
  OP_DIV,
  OP_DIVI,
  OP_DTKD,
  OP_DTRD,
  OP_DTWR,
  OP_DUP,
  OP_EXT,
  OP_FAULT,
  OP_FLOOR,
  OP_FLOORI,
  OP_FORITER,
  OP_FORR,
  OP_FORS,
  OP_FSQRT,
  OP_GETITER,
  OP_GLRD,
  OP_GRES,
  OP_HALT,
  OP_HASH,
  OP_HSEL,
  OP_IEN,
  OP_INS,
  OP_INV,
  OP_IOB,
  OP_IOR,
  OP_IORI,
  OP_IOW,
  OP_IOWI,
  OP_ISA,
  OP_JMP,
  OP_LAPP,
  OP_LDA,
  OP_LDB,
  OP_LDCELL,
  OP_LDDEREF,
  OP_LDENV,
  OP_LDG,
  OP_LDHX,
  OP_LDI,
  OP_LDK,
  OP_LDW,
  OP_LDW8,
  OP_LDX,
  OP_LDXR,
  OP_LEN,
  OP_MCLR,
  OP_MCPY,
  OP_MKCELL,
  OP_MKCLO,
  OP_MKGEN,
  OP_MOD,
  OP_MODI,
  OP_MOV,
  OP_MUL,
  OP_MULHU,
  OP_MULI,
  OP_NEG,
  OP_NEW,
  OP_NOP,
  OP_OR,
  OP_ORI,
  OP_POP,
  OP_POW,
  OP_POWI,
  OP_RADD,
  OP_RAISE,
  OP_RDC,
  OP_RERAISE,
  OP_RET,
  OP_RMUL,
  OP_RNGCK,
  OP_RSHL,
  OP_RSHR,
  OP_RSRD,
  OP_RSUB,
  OP_RULT,
  OP_SETH,
  OP_SHL,
  OP_SHLI,
  OP_SHR,
  OP_SHRI,
  OP_SPAN,
  OP_STA,
  OP_STB,
  OP_STCELL,
  OP_STDEREF,
  OP_STG,
  OP_STW,
  OP_STW8,
  OP_STX,
  OP_STXR,
  OP_SUB,
  OP_SUBI,
  OP_TAGR,
  OP_TAGW,
  OP_TAIL,
  OP_TINS,
  OP_UNB,
  OP_UNPACK,
  OP_UNW,
  OP_WAITP,
  OP_XOR,
  OP_XORI,
  OP_YIELD,
  OP_ZXT,
  OP_ZXTI,
  RESUME,
  RESUME_BRANCH,
  RESUME_CALLABLE,
  RESUME_ITEM,
  RESUME_ITERATOR,
  RESUME_NEXT,
  RESUME_RESULT,
  RESUME_UNPACK,
  RESUME_VALUE,
  TAG_BOOL,
  TAG_INT,
  TIMING_REISSUE,
} from './generated/isa';
import { compare, identity, membership } from './compare';
import {
  clearLocals,
  duplicate,
  enableInterrupts,
  halt,
  jump,
  loadConstant,
  loadGlobal,
  loadImmediate,
  loadWide,
  move,
  pop,
  readControl,
  storeGlobal,
  storeWide,
  unbind,
  writeControl,
} from './moves';
import { absolute, binary, invert, negate } from './arithmetic';
import { bitBranch, rangeCheck, rangeLoop, stepLoop, tagBranch, truthBranch, unboundBranch } from './branches';
import {
  append,
  deleteItem,
  getIterator,
  iterate,
  length,
  loadItem,
  resumeGetIterator,
  resumeIterate,
  resumeUnpack,
  storeItem,
  unpack,
} from './subscripts';
import {
  call,
  callKeywords,
  callMethod,
  callValue,
  checkStack,
  resumeCall,
  resumeCallKeywords,
  ret,
  tailCall,
} from './calls';
import {
  allocateRaw,
  buildByRuntime,
  buildList,
  buildTuple,
  loadCaptured,
  loadCell,
  loadThroughCell,
  makeCell,
  makeClosure,
  newObject,
  resumeBuild,
  storeCell,
  storeThroughCell,
} from './build';
import { makeGenerator, resumeGenerator, yieldValue } from './generators';
import {
  catchException,
  raise,
  raiseThrown,
  readEntry,
  reraise,
  selectHandler,
  setHandler,
  unwind,
} from './exceptions';
import { pinBranch, readCycles, readIo, readIoImmediate, waitForPin, writeIo, writeIoImmediate } from './io';
import {
  clearWords,
  convert,
  copyWords,
  extract,
  hash,
  insert,
  leadingZeros,
  loadByte,
  loadHashed,
  loadIndexed,
  loadWord,
  rawArithmetic,
  readDispatchKind,
  readDispatchValue,
  readGlobal,
  readTag,
  squareRoot,
  storeByte,
  storeIndexed,
  storeWord,
  trappedInstruction,
  writeDispatchValue,
  writeTag,
} from './raw';
import { deleteAttribute, isInstance, loadAttribute, storeAttribute } from './dispatch';
import { CODE, DECODED, DECODED_ENTRY, STACK, STACK_END } from './layout';
import { POPS_AT, PUSHES_AT, VALID_AT, isOpcode } from './decode';
import { WORD, branch, fieldB, fieldD, fieldDofK, fieldK, next, result, setWord } from './operands';
import {
  BREAK_INSTRUCTION,
  CODE_WORDS,
  PASS_PC,
  PC,
  RETIRED,
  RR,
  RRV,
  RR_TAG,
  SP,
  SP_ISSUED,
  STATUS,
  fault,
  wordOf,
} from './state';

/** Executes the instruction at PC, or its re-issue where a resume word is pending. */
export function step(): void {
  SP_ISSUED = SP;
  if (<u32>PC >= <u32>CODE_WORDS) return fault(FAULT_WILD_PC, PC);
  setWord(load<u32>(CODE + (PC << 2)));
  const op = <i32>(WORD >> 24);
  const decoded = DECODED + PC * DECODED_ENTRY;
  if (!load<u8>(decoded, VALID_AT)) return fault(invalidCause(op), <i32>WORD);
  if (RRV != 0) {
    RETIRED += 1;
    return reissue(op);
  }
  const popped = SP - load<u8>(decoded, POPS_AT);
  if (popped < STACK || popped + load<u8>(decoded, PUSHES_AT) > STACK_END) return fault(FAULT_STACK, wordOf(SP));
  if (op == OP_BRK) {
    if (PASS_PC != PC) {
      STATUS = BREAK_INSTRUCTION;
      return;
    }
    PASS_PC = -1;
    return next(0);
  }
  if (PASS_PC == PC) PASS_PC = -1;
  RETIRED += 1;
  execute(op);
}

/** Fault of an instruction that decode.ts refused: no such opcode, or a field that names nothing. */
function invalidCause(op: i32): i32 {
  return isOpcode(op) ? FAULT_FIELD : FAULT_ILLEGAL;
}

function execute(op: i32): void {
  switch (op) {
    case OP_NOP:
      return next(CYCLES_NOP_DONE);
    case OP_SPAN:
      return next(CYCLES_SPAN_DONE);
    case OP_HALT:
      return halt();
    case OP_JMP:
      return jump();
    case OP_CSRR:
      return readControl();
    case OP_CSRW:
      return writeControl();
    case OP_MOV:
      return move();
    case OP_LDI:
      return loadImmediate();
    case OP_LDK:
      return loadConstant();
    case OP_LDG:
      return loadGlobal();
    case OP_STG:
      return storeGlobal();
    case OP_LDW8:
      return loadWide();
    case OP_STW8:
      return storeWide();
    case OP_POP:
      return pop();
    case OP_DUP:
      return duplicate();
    case OP_UNB:
      return unbind();
    case OP_CLRL:
      return clearLocals();
    case OP_IEN:
      return enableInterrupts();
    case OP_NEG:
      return negate();
    case OP_INV:
      return invert();
    case OP_ABS:
      return absolute();
    case OP_BT:
      return truthBranch(true);
    case OP_BF:
      return truthBranch(false);
    case OP_BBS:
      return bitBranch(true);
    case OP_BBC:
      return bitBranch(false);
    case OP_BTAG:
      return tagBranch(true);
    case OP_BNTAG:
      return tagBranch(false);
    case OP_BUNB:
      return unboundBranch(true);
    case OP_BBND:
      return unboundBranch(false);
    case OP_FORR:
      return rangeLoop();
    case OP_FORS:
      return stepLoop();
    case OP_RNGCK:
      return rangeCheck();
    case OP_GETITER:
      return getIterator();
    case OP_FORITER:
      return iterate();
    case OP_LDX:
      return loadItem();
    case OP_STX:
      return storeItem();
    case OP_DELX:
      return deleteItem();
    case OP_LEN:
      return length();
    case OP_UNPACK:
      return unpack();
    case OP_LAPP:
      return append();
    case OP_CALL:
      return call();
    case OP_CALLV:
      return callValue();
    case OP_CALLM:
      return callMethod();
    case OP_CALLKW:
      return callKeywords();
    case OP_RET:
      return ret();
    case OP_TAIL:
      return tailCall();
    case OP_CHKSP:
      return checkStack();
    case OP_NEW:
      return newObject();
    case OP_BTUP:
      return buildTuple();
    case OP_BLIST:
      return buildList();
    case OP_MKCLO:
      return makeClosure();
    case OP_MKCELL:
      return makeCell();
    case OP_ALLOC:
      return allocateRaw();
    case OP_LDENV:
      return loadCaptured();
    case OP_LDDEREF:
      return loadThroughCell();
    case OP_STDEREF:
      return storeThroughCell();
    case OP_LDCELL:
      return loadCell();
    case OP_STCELL:
      return storeCell();
    case OP_MKGEN:
      return makeGenerator();
    case OP_YIELD:
      return yieldValue();
    case OP_GRES:
      return resumeGenerator();
    case OP_SETH:
      return setHandler();
    case OP_RAISE:
      return raise();
    case OP_RERAISE:
      return reraise();
    case OP_UNW:
      return unwind();
    case OP_RSRD:
      return readEntry();
    case OP_HSEL:
      return selectHandler();
    case OP_IOW:
      return writeIo();
    case OP_IOR:
      return readIo();
    case OP_IOB:
      return pinBranch();
    case OP_WAITP:
      return waitForPin();
    case OP_RDC:
      return readCycles();
    case OP_IOWI:
      return writeIoImmediate();
    case OP_IORI:
      return readIoImmediate();
    case OP_LDW:
      return loadWord();
    case OP_STW:
      return storeWord();
    case OP_LDXR:
      return loadIndexed();
    case OP_STXR:
      return storeIndexed();
    case OP_LDB:
      return loadByte();
    case OP_STB:
      return storeByte();
    case OP_TAGR:
      return readTag();
    case OP_TAGW:
      return writeTag();
    case OP_CLZ:
      return leadingZeros();
    case OP_HASH:
      return hash();
    case OP_LDHX:
      return loadHashed();
    case OP_MCPY:
      return copyWords();
    case OP_MCLR:
      return clearWords();
    case OP_DTRD:
      return readDispatchValue();
    case OP_DTWR:
      return writeDispatchValue();
    case OP_DTKD:
      return readDispatchKind();
    case OP_TINS:
      return trappedInstruction();
    case OP_CVT:
      return convert();
    case OP_FSQRT:
      return squareRoot();
    case OP_EXT:
      return extract();
    case OP_INS:
      return insert();
    case OP_GLRD:
      return readGlobal();
    case OP_LDA:
    case OP_LDA + 1:
    case OP_LDA + 2:
    case OP_LDA + 3:
      return loadAttribute();
    case OP_STA:
    case OP_STA + 1:
    case OP_STA + 2:
    case OP_STA + 3:
      return storeAttribute();
    case OP_DELA:
    case OP_DELA + 1:
    case OP_DELA + 2:
    case OP_DELA + 3:
      return deleteAttribute();
    case OP_ISA:
    case OP_ISA + 1:
    case OP_ISA + 2:
    case OP_ISA + 3:
      return isInstance();
    case OP_ADD:
    case OP_SUB:
    case OP_MUL:
    case OP_AND:
    case OP_OR:
    case OP_XOR:
    case OP_SHL:
    case OP_SHR:
    case OP_FLOOR:
    case OP_MOD:
    case OP_DIV:
    case OP_POW:
    case OP_ZXT:
    case OP_ADDI:
    case OP_SUBI:
    case OP_MULI:
    case OP_ANDI:
    case OP_ORI:
    case OP_XORI:
    case OP_SHLI:
    case OP_SHRI:
    case OP_FLOORI:
    case OP_MODI:
    case OP_DIVI:
    case OP_POWI:
    case OP_ZXTI:
      return binary(op);
    case OP_CLT:
    case OP_CLE:
    case OP_CEQ:
    case OP_CNE:
    case OP_CGT:
    case OP_CGE:
    case OP_BLT:
    case OP_BLE:
    case OP_BEQ:
    case OP_BNE:
    case OP_BGT:
    case OP_BGE:
    case OP_BNLT:
    case OP_BNLE:
    case OP_BNGT:
    case OP_BNGE:
    case OP_BNEQ:
    case OP_BNNE:
      return compare(op);
    case OP_CIS:
    case OP_CNIS:
    case OP_BIS:
    case OP_BNIS:
      return identity(op);
    case OP_CIN:
    case OP_CNIN:
    case OP_BIN:
    case OP_BNIN:
      return membership(op);
    case OP_RADD:
    case OP_RSUB:
    case OP_RMUL:
    case OP_MULHU:
    case OP_RULT:
    case OP_RSHL:
    case OP_RSHR:
      return rawArithmetic(op);
    case OP_BMAP:
    case OP_BSET:
    case OP_BSLICE:
      return buildByRuntime(op);
    case OP_FAULT:
      return fault(FAULT_SOFTWARE, fieldK());
    default:
      // CATCH without an exception: it is only ever a re-issue.
      return fault(FAULT_RESUME, 0);
  }
}

/** Whether the handler's answer is the opposite of the branch's condition. */
function inverts(op: i32): bool {
  return op == OP_BF || (op >= OP_BNLT && op <= OP_BNNE);
}

/** Destination field of an instruction whose resume word is its value. */
function valueDestination(op: i32): i32 {
  switch (op) {
    case OP_LDG:
    case OP_LDENV:
    case OP_LDDEREF:
      return fieldDofK();
    case OP_LDA:
    case OP_LDA + 1:
    case OP_LDA + 2:
    case OP_LDA + 3:
      return fieldB();
    default:
      return fieldD();
  }
}

/** The destination phase of the instruction, with RR. It cannot trap; a word of the wrong kind faults. */
function reissue(op: i32): void {
  if (RRV == 2) return raiseThrown();
  RRV = 0;
  switch (<i32>unchecked(RESUME[op])) {
    case RESUME_VALUE:
      if (op == OP_BMAP || op == OP_BSET || op == OP_BSLICE) return resumeBuild(op);
      if ((op == OP_LEN || op == OP_RNGCK || op == OP_HASH) && RR_TAG != TAG_INT) return fault(FAULT_RESUME, RR_TAG);
      return result(valueDestination(op), RR_TAG, RR, TIMING_REISSUE);
    case RESUME_BRANCH:
      if (RR_TAG != TAG_BOOL) return fault(FAULT_RESUME, RR_TAG);
      return branch((RR != 0) != inverts(op), TIMING_REISSUE);
    case RESUME_NEXT:
      return next(TIMING_REISSUE);
    case RESUME_ITERATOR:
      return resumeGetIterator();
    case RESUME_ITEM:
      return resumeIterate();
    case RESUME_UNPACK:
      return resumeUnpack();
    case RESUME_CALLABLE:
      return resumeCall();
    case RESUME_RESULT:
      return resumeCallKeywords(TIMING_REISSUE);
    default:
      if (op == OP_CATCH) return catchException();
      return fault(FAULT_RESUME, RR_TAG);
  }
}
