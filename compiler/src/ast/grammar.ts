/**
 * The grammar of Python 3.11 as a PEG, which decides what is accepted and where an error lies. Its order of choices is
 * CPython's, because the furthest token that this order touches is where CPython puts a plain "invalid syntax".
 *
 * Notation, one rule a paragraph: `'x'` a keyword or operator, `"x"` a soft keyword, capitals a kind of token, `?`
 * `*` `+` as usual, `x % ','` one or more `x` with commas between, `&` and `!` look ahead, `~` commits to the
 * alternative, `^'x'` demands a token (its absence is an error at once), `=> Kind` names what was found, `@` before
 * `=` remembers results. Rules whose names start with `invalid_` are in `grammar-errors.ts`. Operators between
 * operands, and what follows a primary, are in `recognizer-operators.ts`.
 */
export const GRAMMAR = `
statement = compound_stmt | simple_stmts
simple_stmts = simple_stmt !';' Newline | simple_stmt % ';' ';'? Newline
simple_stmt @= assignment | star_expressions | return_stmt | import_stmt | raise_stmt | 'pass' | del_stmt
  | yield_expr | assert_stmt | 'break' | 'continue' | global_stmt | nonlocal_stmt
compound_stmt = function_def | if_stmt | class_def | with_stmt | for_stmt | try_stmt | while_stmt | match_stmt

assignment = Name ':' expression annotated_value?
  | (parenthesised_target | single_subscript_attribute_target) ':' expression annotated_value?
  | (star_targets '=')+ (yield_expr | star_expressions) !'='
  | single_target augassign ~ (yield_expr | star_expressions)
  | invalid_assignment
annotated_value = '=' (yield_expr | star_expressions)
parenthesised_target = '(' single_target ')'
augassign = '+=' | '-=' | '*=' | '@=' | '/=' | '%=' | '&=' | '|=' | '^=' | '<<=' | '>>=' | '**=' | '//='
return_stmt = 'return' star_expressions?
raise_stmt = 'raise' expression ('from' expression)? | 'raise'
global_stmt = 'global' Name % ','
nonlocal_stmt = 'nonlocal' Name % ','
del_stmt = 'del' del_targets &(';' | Newline) | invalid_del_stmt
assert_stmt = 'assert' expression (',' expression)?

import_stmt = import_name | import_from
import_name = 'import' dotted_as_name % ','
import_from = 'from' ('.' | '...')* dotted_name 'import' import_from_targets
  | 'from' ('.' | '...')+ 'import' import_from_targets
import_from_targets = '(' import_from_as_names ','? ')' | import_from_as_names !',' | '*'
  | invalid_import_from_targets
import_from_as_names = import_from_as_name % ','
import_from_as_name = Name ('as' Name)?
dotted_as_name = dotted_name ('as' Name)?
dotted_name = Name % '.'

block @= Newline Indent statement+ Dedent | simple_stmts | invalid_block
decorators = ('@' named_expression Newline)+

class_def = decorators class_def_raw | class_def_raw
class_def_raw = invalid_class_def_raw | 'class' Name ('(' arguments? ')')? ':' block

function_def = decorators function_def_raw | function_def_raw
function_def_raw = invalid_def_raw
  | 'def' Name ^'(' params? ')' ('->' expression)? ^':' block
  | 'async' 'def' Name ^'(' params? ')' ('->' expression)? ^':' block

params = invalid_parameters | parameters
parameters = slash_no_default param_no_default* param_with_default* star_etc?
  | slash_with_default param_with_default* star_etc?
  | param_no_default+ param_with_default* star_etc?
  | param_with_default+ star_etc?
  | star_etc
slash_no_default = param_no_default+ '/' ',' | param_no_default+ '/' &')'
slash_with_default = param_no_default* param_with_default+ '/' ',' | param_no_default* param_with_default+ '/' &')'
star_etc = invalid_star_etc
  | '*' param_no_default param_maybe_default* kwds?
  | '*' param_no_default_star_annotation param_maybe_default* kwds?
  | '*' ',' param_maybe_default+ kwds?
  | kwds
kwds = invalid_kwds | '**' param_no_default
param_no_default = param ',' | param &')'
param_no_default_star_annotation = param_star_annotation ',' | param_star_annotation &')'
param_with_default = param default ',' | param default &')'
param_maybe_default = param default? ',' | param default? &')'
param @= Name (':' expression)?
param_star_annotation = Name ':' star_expression
default = '=' expression | invalid_default

if_stmt = invalid_if_stmt
  | 'if' named_expression ':' block elif_stmt
  | 'if' named_expression ':' block else_block?
elif_stmt @= invalid_elif_stmt
  | 'elif' named_expression ':' block elif_stmt
  | 'elif' named_expression ':' block else_block?
else_block = invalid_else_stmt | 'else' ^':' block

while_stmt = invalid_while_stmt | 'while' named_expression ':' block else_block?
for_stmt = invalid_for_stmt
  | 'for' star_targets 'in' ~ star_expressions ':' block else_block?
  | 'async' 'for' star_targets 'in' ~ star_expressions ':' block else_block?
  | invalid_for_target
with_stmt = invalid_with_stmt_indent
  | 'with' '(' with_item % ',' ','? ')' ':' block
  | 'with' with_item % ',' ':' block
  | 'async' 'with' '(' with_item % ',' ','? ')' ':' block
  | 'async' 'with' with_item % ',' ':' block
  | invalid_with_stmt
with_item = expression 'as' star_target &(',' | ')' | ':') | invalid_with_item | expression

try_stmt = invalid_try_stmt
  | 'try' ^':' block finally_block
  | 'try' ^':' block except_block+ else_block? finally_block?
  | 'try' ^':' block except_star_block+ else_block? finally_block?
except_block = invalid_except_stmt_indent
  | 'except' expression ('as' Name)? ':' block
  | 'except' ':' block
  | invalid_except_stmt
except_star_block = invalid_except_star_stmt_indent
  | 'except' '*' expression ('as' Name)? ':' block
  | invalid_except_stmt
finally_block = invalid_finally_stmt | 'finally' ^':' block

match_stmt = "match" subject_expr ':' Newline Indent case_block+ Dedent => Match | invalid_match_stmt
subject_expr = star_named_expression ',' star_named_expressions? | named_expression
case_block = invalid_case_block | "case" patterns guard? ':' block
guard = 'if' named_expression
patterns = open_sequence_pattern | pattern
pattern = as_pattern | or_pattern
as_pattern = or_pattern 'as' capture_target | invalid_as_pattern
or_pattern = closed_pattern % '|'
closed_pattern @= literal_pattern | capture_target | "_" | value_pattern | group_pattern | sequence_pattern
  | mapping_pattern | class_pattern
literal_pattern = signed_number !('+' | '-') | complex_number | strings | 'None' | 'True' | 'False'
complex_number = '-'? real_number ('+' | '-') imaginary_number
signed_number = Number | '-' Number
capture_target = !"_" Name !('.' | '(' | '=')
value_pattern = attr !('.' | '(' | '=')
attr = Name '.' Name % '.'
name_or_attr = Name % '.'
group_pattern = '(' pattern ')'
sequence_pattern = '[' maybe_sequence_pattern? ']' | '(' open_sequence_pattern? ')'
open_sequence_pattern = maybe_star_pattern ',' maybe_sequence_pattern?
maybe_sequence_pattern = maybe_star_pattern % ',' ','?
maybe_star_pattern = star_pattern | pattern
star_pattern @= '*' capture_target | '*' "_"
mapping_pattern = '{' '}'
  | '{' double_star_pattern ','? '}'
  | '{' items_pattern ',' double_star_pattern ','? '}'
  | '{' items_pattern ','? '}'
items_pattern = key_value_pattern % ','
key_value_pattern = (literal_pattern | attr) ':' pattern
double_star_pattern = '**' capture_target
class_pattern = name_or_attr '(' ')'
  | name_or_attr '(' positional_patterns ','? ')'
  | name_or_attr '(' keyword_patterns ','? ')'
  | name_or_attr '(' positional_patterns ',' keyword_patterns ','? ')'
  | invalid_class_pattern
positional_patterns = pattern % ','
keyword_patterns = keyword_pattern % ','
keyword_pattern = Name '=' pattern

expressions = expression (',' expression)+ ','? => Tuple | expression ',' => Tuple | expression
expression @= invalid_expression | invalid_legacy_expression
  | disjunction 'if' disjunction 'else' expression => IfExp
  | disjunction
  | lambdef
yield_expr = 'yield' 'from' expression => Yield | 'yield' star_expressions? => Yield
star_expressions = star_expression (',' star_expression)+ ','? => Tuple | star_expression ',' => Tuple
  | star_expression
star_expression @= '*' bitwise_or => Starred | expression
star_named_expressions = star_named_expression % ',' ','?
star_named_expression = '*' bitwise_or => Starred | named_expression
assignment_expression = Name ':=' ~ expression => NamedExpr
named_expression = assignment_expression | invalid_named_expression | expression !':='
slices = slice !',' | (slice | starred_expression) % ',' ','? => Tuple
slice = expression? ':' expression? (':' expression?)? | named_expression
group = '(' (yield_expr | named_expression) ')' => Group | invalid_group
lambdef = 'lambda' lambda_params? ':' expression => Lambda

lambda_params = invalid_lambda_parameters | lambda_parameters
lambda_parameters = lambda_slash_no_default lambda_param_no_default* lambda_param_with_default* lambda_star_etc?
  | lambda_slash_with_default lambda_param_with_default* lambda_star_etc?
  | lambda_param_no_default+ lambda_param_with_default* lambda_star_etc?
  | lambda_param_with_default+ lambda_star_etc?
  | lambda_star_etc
lambda_slash_no_default = lambda_param_no_default+ '/' ',' | lambda_param_no_default+ '/' &':'
lambda_slash_with_default = lambda_param_no_default* lambda_param_with_default+ '/' ','
  | lambda_param_no_default* lambda_param_with_default+ '/' &':'
lambda_star_etc = invalid_lambda_star_etc
  | '*' lambda_param_no_default lambda_param_maybe_default* lambda_kwds?
  | '*' ',' lambda_param_maybe_default+ lambda_kwds?
  | lambda_kwds
lambda_kwds = invalid_lambda_kwds | '**' lambda_param_no_default
lambda_param_no_default = Name ',' | Name &':'
lambda_param_with_default = Name default ',' | Name default &':'
lambda_param_maybe_default = Name default? ',' | Name default? &':'

list = '[' star_named_expressions? ']' => List
tuple = '(' (star_named_expression ',' star_named_expressions?)? ')' => Tuple
set = '{' star_named_expressions '}' => Set
dict = '{' double_starred_kvpairs? '}' => Dict | '{' invalid_double_starred_kvpairs '}'
double_starred_kvpairs = double_starred_kvpair % ',' ','?
double_starred_kvpair = '**' bitwise_or | kvpair
kvpair = expression ':' expression
for_if_clauses = for_if_clause+
for_if_clause = 'async' 'for' star_targets 'in' ~ disjunction ('if' disjunction)*
  | 'for' star_targets 'in' ~ disjunction ('if' disjunction)*
  | invalid_for_target
listcomp = '[' named_expression for_if_clauses ']' => ListComp | invalid_comprehension
setcomp = '{' named_expression for_if_clauses '}' => SetComp | invalid_comprehension
genexp = '(' (assignment_expression | expression !':=') for_if_clauses ')' => GeneratorExp | invalid_comprehension
dictcomp = '{' kvpair for_if_clauses '}' => DictComp | invalid_dict_comprehension

arguments @= args ','? &')' | invalid_arguments
args = positional_argument % ',' (',' kwargs)? => Args | kwargs => Args
positional_argument = starred_expression | (assignment_expression | expression !':=') !'='
kwargs = kwarg_or_starred % ',' ',' kwarg_or_double_starred % ','
  | kwarg_or_starred % ','
  | kwarg_or_double_starred % ','
starred_expression = '*' expression => Starred
kwarg_or_starred = invalid_kwarg | Name '=' expression => Keyword | starred_expression
kwarg_or_double_starred = invalid_kwarg | Name '=' expression => Keyword | '**' expression => DoubleStarred

star_targets = star_target !',' | star_target (',' star_target)* ','? => Tuple
star_targets_list_seq = star_target % ',' ','?
star_targets_tuple_seq = star_target (',' star_target)+ ','? | star_target ','
star_target @= '*' !'*' star_target | target_with_star_atom
target_with_star_atom @= t_primary '.' Name !t_lookahead | t_primary '[' slices ']' !t_lookahead | star_atom
star_atom = Name | '(' target_with_star_atom ')' | '(' star_targets_tuple_seq? ')' | '[' star_targets_list_seq? ']'
single_target = single_subscript_attribute_target | Name | '(' single_target ')'
single_subscript_attribute_target = t_primary '.' Name !t_lookahead | t_primary '[' slices ']' !t_lookahead
t_lookahead = '(' | '[' | '.'
del_targets = del_target % ',' ','?
del_target @= t_primary '.' Name !t_lookahead | t_primary '[' slices ']' !t_lookahead | del_t_atom
del_t_atom = Name | '(' del_target ')' | '(' del_targets? ')' | '[' del_targets? ']'
`;
