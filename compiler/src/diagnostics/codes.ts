/**
 * Every diagnostic of the compiler: its stable code, its text and what to do instead. docs/language.md is generated from
 * this table. Codes are never renumbered or reused.
 *
 * `{0}`, `{1}` in a text stand for the arguments that the report gives.
 */
import type { Severity } from '../api.js';

export interface CodeEntry {
  /** What is wrong and why the core cannot run it. */
  readonly message: string;
  /** What to do instead. */
  readonly help: string;
  readonly severity: Severity;
  /** Line of docs/language.md under "not supported"; absent for errors that are Python's own. */
  readonly construct?: string;
}

const error = (message: string, help: string, construct?: string): CodeEntry => ({
  message,
  help,
  severity: 'error',
  ...(construct === undefined ? {} : { construct }),
});
const warning = (message: string, help: string): CodeEntry => ({ message, help, severity: 'warning' });

export const CODES = {
  // Files and syntax
  PS0001: error('{0}', ''),
  PS0002: error('{0}', 'PySM follows the syntax of Python 3.11.', 'syntax newer than Python 3.11'),
  PS0003: error('{0}', ''),
  PS0004: error('cannot read {0}', 'Check the path and the permissions of the file.'),
  PS0005: error(
    'the program is nested too deeply to compile',
    'Split the expression or the statement into smaller ones.',
  ),
  PS0006: error(
    'the program holds more than {0} of source, many times what the core’s memory has room for',
    'Leave out what the program does not need.',
  ),

  // Constructs
  PS1001: error(
    'coroutines are not supported: the core runs one thread of control',
    'Poll in a loop, or use a function for each step.',
    '`async` and `await`',
  ),
  PS1002: error('generators are not supported yet', 'Return a list, or loop where the values are used.', '`yield`'),
  PS1003: error('lambda is not supported yet: it needs closures', 'Define a function at module level.', '`lambda`'),
  PS1004: error(
    'a {0} inside a function is not supported yet: it needs closures',
    'Move it to module level and pass what it needs as arguments.',
    'functions and classes inside functions',
  ),
  PS1005: error(
    'decorators are not supported yet',
    'Call the wrapping function by hand.',
    'decorators, `property`, `staticmethod`, `classmethod`',
  ),
  PS1006: error(
    'try is not supported yet: a raised exception ends the program with a traceback',
    'Test for the condition before the operation that may raise.',
    '`try` and `except`',
  ),
  PS1007: error('with is not supported yet', 'Call the methods that set up and release the resource.', '`with`'),
  PS1008: error('del is not supported yet', 'Assign None instead.', '`del`'),
  PS1009: error('match is not supported yet', 'Use if and elif.', '`match`'),
  PS1010: error(
    'comprehensions are not supported yet',
    'Build the list in a for loop with append().',
    'comprehensions and generator expressions',
  ),
  PS1011: error('{0} literals are not supported yet', 'Use a list or a class.', 'dict and set literals'),
  PS1012: error(
    'assignment to a slice and slices of several dimensions are not supported yet',
    'Loop over the indices.',
    'assignment to slices',
  ),
  PS1013: error(
    'starred expressions are not supported yet',
    'Name each element.',
    '`*` and `**` in calls, literals and targets',
  ),
  PS1014: error('f-strings are not supported yet', 'Give the values to print() as separate arguments.', 'f-strings'),
  PS1015: error(
    '*{0} parameters are not supported yet',
    'Give each parameter a name; defaults and keywords work.',
    '`*args` and `**kwargs`',
  ),
  PS1016: error('assignment expressions are not supported yet', 'Assign in a statement of its own.', '`:=`'),
  PS1017: error('{0} literals are not supported', '{1}', 'complex and bytes literals, `...`'),
  PS1018: error(
    'the integer {0} does not fit 64 bits, and big integers are not supported yet',
    'Use a value between -2**63 and 2**63 - 1.',
    'integers beyond 64 bits (an overflow raises OverflowError)',
  ),
  PS1019: error('matrix multiplication has no operand types on PySM', 'Write the loops.', '`@`'),
  PS1020: error(
    'nonlocal is not supported yet: it needs closures',
    'Use a global, or an attribute of an object.',
    '`nonlocal`',
  ),
  PS1021: error(
    '{0} is not supported',
    'A class has one base, which is a class of the program or a built-in exception.',
    'multiple inheritance, metaclasses, built-in types other than exceptions as bases',
  ),
  PS1022: error(
    'this statement is not supported in a class body',
    'A class body holds methods and assignments of names.',
    'statements other than `def` and assignment in a class body',
  ),
  PS1023: error(
    'raise from is not supported yet: exceptions have no cause',
    'Raise the exception alone.',
    '`raise ... from`',
  ),
  PS1024: error(
    'an import inside a {0} is not supported: modules are linked before the program runs',
    'Move the import to the top level of the module.',
    'imports inside functions and blocks',
  ),
  PS1025: error(
    'import * is not supported: names are resolved before the program runs',
    'Import the names that are used.',
    '`from m import *`',
  ),
  PS1026: error(
    'relative imports are not supported: a program is a folder of sibling modules',
    'Import the module by its name.',
    'relative imports',
  ),
  PS1027: error(
    'keyword arguments need a function that is known when the program is linked',
    'Give the arguments by position, or call the function by its name.',
    'keyword arguments to a callee that is not known',
  ),
  PS1028: error(
    'the special method {0} is not supported yet',
    'Use an ordinary method and call it by name.',
    'special methods other than those listed as supported',
  ),
  PS1029: error('{0} is not supported', '{1}', 'assignment to attributes of functions and modules’ special names'),
  PS1030: error(
    'keyword-only and positional-only parameters are not supported yet',
    'Use ordinary parameters.',
    'keyword-only and positional-only parameters',
  ),
  PS1031: error(
    'a bare raise is not supported yet: there is no exception being handled',
    'Name the exception.',
    '`raise` without an exception',
  ),
  PS1032: error(
    'the % of strings, which formats values, is not supported yet',
    'Give the values to print() as separate arguments.',
    '`%` with a string on its left',
  ),
  PS1033: error(
    'the string holds {0}, half of a surrogate pair: no output can encode it',
    'Write the whole character.',
    'surrogates in strings',
  ),
  PS1034: error(
    '{0} is not supported yet',
    'Exponents are whole numbers, or 0.5 for square roots.',
    'fractional exponents other than 0.5 (one that is not seen before the program runs raises NotImplementedError)',
  ),

  // Names and modules
  PS2001: error(
    'the built-in {0} is not supported yet',
    '{1}',
    'built-in functions and types other than those listed as supported',
  ),
  PS2002: error(
    'the module {0} of the standard library is not supported yet',
    'See docs/language.md for the modules that exist.',
    'standard library modules other than `time`',
  ),
  PS2003: error(
    '{0} is a C extension package, and the core runs no foreign machine code',
    'Do this work on the host and send the results, or write it in Python.',
    'C extension packages (`numpy`, `pandas`, ...)',
  ),
  PS2004: error(
    'there is no module {0}: {1} does not exist',
    'A program imports modules that lie beside it, and machine, time and compiler.intrinsics.',
  ),
  PS2005: error('the module {0} has no name {1}', 'Check the spelling.'),
  PS2006: error(
    'the built-in {0} can only be called by its name',
    'Wrap the call in a function of your own.',
    'built-in functions as values',
  ),
  PS2007: error(
    'the method {0}() of built-in types is not supported yet',
    '{1}',
    'methods of built-in types other than those of lists listed as supported',
  ),
  PS2008: error(
    'a module can only be used through its names: {0}.name',
    'Import the names that are needed.',
    'modules as values',
  ),
  PS2009: error('the name {0} is bound nowhere in the program', 'Check the spelling.'),
  PS2010: error(
    '{0} can only be used in a call inside a method of a class with a base',
    'Call super().method(...).',
    '`super` other than `super().method(...)`',
  ),
  PS2011: error(
    'the name {0} is not bound yet where Python evaluates this annotation',
    'Write the annotation as a string.',
  ),

  // Program rules
  PS3001: error(
    '{0} is both a method and an instance attribute of {1}, which is not supported yet',
    'Give one of them another name.',
    'instance attributes that hide a method',
  ),
  PS3002: error(
    'assignment to the attribute {1} of the class {0} is not supported where the class does not define it in its body',
    'Define the attribute in the class body.',
    'adding attributes to classes while the program runs',
  ),
  PS3003: error('the function has {0} variables and temporaries; the core reaches 110', 'Split the function.'),
  PS3004: error('the call has {0} arguments; the core takes at most {1}', 'Pass a list or an object.'),
  PS3005: warning('{0}: this call raises TypeError when it runs', 'Check the arguments.'),
  PS3006: error('{0}', 'Check the arguments.'),
  PS3007: error(
    'the value of {0} must be a string literal',
    'Write the text in the call.',
    '`sep` and `end` of print() that are no literals',
  ),
  PS3008: error('{0} takes {1}', 'See docs/language.md.'),
  PS3009: error(
    'the base class {1} defines {2}, and Python asks the {0} of a derived right operand before it, which is not supported yet',
    'Define the method in one of the two classes only.',
    'a reflected or comparison method in a class whose base defines its counterpart',
  ),
  PS3010: error(
    '{0} between numbers, strings or tuples tells nothing: whether equal ones are one object differs from CPython',
    'Compare with {1}.',
    '`is` between numbers, strings or tuples',
  ),
  PS3011: warning(
    'where both sides of {0} are numbers, strings or tuples, the answer may differ from CPython',
    'Compare with {1}, unless these are other objects.',
  ),
  PS3012: error(
    'Python takes the items of this object by its __getitem__, which is not supported yet',
    'Loop over the indices with range().',
    'iteration, unpacking and slices of objects by `__getitem__` (where it is not seen before the program runs: NotImplementedError)',
  ),

  // Linker
  PS4001: error('{0}', 'Make the program smaller.'),
  PS4002: error('internal error of the compiler: {0}', 'Please report it with the program: the image was not made.'),
  PS4003: warning(
    'the files of the program hold {0} instructions and the core has room for {1}: cycles are not computed',
    'Make the program smaller.',
  ),
} as const satisfies Record<string, CodeEntry>;

export type Code = keyof typeof CODES;
