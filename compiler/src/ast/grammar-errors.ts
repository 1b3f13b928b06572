/**
 * What CPython 3.11 looks for once it knows that a file is wrong, to say something better than "invalid syntax".
 *
 * The notation is that of `grammar.ts`; `a=` keeps a part. After `->` stand the place and the message of the error: the
 * place is a part, a range `a..b`, `a..` (from a part to where the tokenizer stands) or nothing (the last token
 * touched); `indent` makes it an IndentationError. In a message, `{a}` is a part's text, `{a.name}` what CPython
 * calls such an expression and `{a.line}` its line. `-> check()` leaves the decision to a function of
 * `recognizer-checks.ts`.
 */
export const ERROR_GRAMMAR = `
invalid_arguments = args ',' '*' -> : iterable argument unpacking follows keyword argument unpacking
  | a=expression b=for_if_clauses ',' (args | expression for_if_clauses)?
    -> a..b: Generator expression must be parenthesized
  | a=Name b='=' expression for_if_clauses -> a..b: invalid syntax. Maybe you meant '==' or ':=' instead of '='?
  | a=args b=for_if_clauses -> unparenthesisedGenerator()
  | args ',' a=expression b=for_if_clauses -> a..b: Generator expression must be parenthesized
  | a=args ',' args -> positionalAfterKeyword()
invalid_kwarg = a=('True' | 'False' | 'None') b='=' -> a..b: cannot assign to {a}
  | a=Name b='=' expression for_if_clauses -> a..b: invalid syntax. Maybe you meant '==' or ':=' instead of '='?
  | !(Name '=') a=expression b='='
    -> a..b: expression cannot contain assignment, perhaps you meant "=="?

expression_without_invalid = disjunction 'if' disjunction 'else' expression => IfExp | disjunction | lambdef
invalid_legacy_expression = a=Name !'(' b=star_expressions -> legacyStatement()
invalid_expression = !(Name String | SoftKeyword) a=disjunction b=plain_expression -> forgottenComma()
  | a=disjunction 'if' b=disjunction !('else' | ':') -> a..b: expected 'else' after 'if' expression
invalid_named_expression @= a=expression ':=' expression -> a: cannot use assignment expressions with {a.name}
  | a=Name '=' b=bitwise_or !('=' | ':=') -> a..b: invalid syntax. Maybe you meant '==' or ':=' instead of '='?
  | !(list | tuple | genexp | 'True' | 'None' | 'False') a=bitwise_or '=' bitwise_or !('=' | ':=')
    -> a: cannot assign to {a.name} here. Maybe you meant '==' instead of '='?

invalid_assignment = a=invalid_ann_assign_target ':' expression -> a: only single target (not {a.name}) can be annotated
  | a=star_named_expression ',' star_named_expressions* ':' expression
    -> a: only single target (not tuple) can be annotated
  | a=expression ':' expression -> a: illegal target for annotation
  | (star_targets '=')* a=star_expressions '=' -> starTarget()
  | (star_targets '=')* a=yield_expr '=' -> a: assignment to yield expression not possible
  | a=star_expressions augassign (yield_expr | star_expressions)
    -> a: '{a.name}' is an illegal expression for augmented assignment
invalid_ann_assign_target = list | tuple | '(' a=invalid_ann_assign_target ')' -> same()
invalid_del_stmt = 'del' a=star_expressions -> delTarget()
invalid_block = Newline !Indent -> indent: expected an indented block
invalid_comprehension = ('[' | '(' | '{') a=starred_expression for_if_clauses
    -> a: iterable unpacking cannot be used in comprehension
  | ('[' | '{') a=star_named_expression ',' b=star_named_expressions for_if_clauses
    -> a..b: did you forget parentheses around the comprehension target?
  | ('[' | '{') a=star_named_expression b=',' for_if_clauses
    -> a..b: did you forget parentheses around the comprehension target?
invalid_dict_comprehension = '{' a='**' bitwise_or for_if_clauses '}'
    -> a: dict unpacking cannot be used in dict comprehension

invalid_parameters = param_no_default* invalid_parameters_helper a=param_no_default
    -> a: non-default argument follows default argument
  | param_no_default* a='(' param_no_default+ ','? b=')' -> a..b: Function parameters cannot be parenthesized
  | a='/' ',' -> a: at least one argument must precede /
  | (slash_no_default | slash_with_default) param_maybe_default* a='/' -> a: / may appear only once
  | (slash_no_default | slash_with_default)? param_maybe_default* '*' (',' | param_no_default)
    param_maybe_default* a='/' -> a: / must be ahead of *
  | param_maybe_default+ '/' a='*' -> a: expected comma between / and *
invalid_parameters_helper = slash_with_default | param_with_default+
invalid_default = a='=' &(')' | ',') -> a: expected default value expression
invalid_star_etc = a='*' (')' | ',' (')' | '**')) -> a: named arguments must follow bare *
  | '*' param a='=' -> a: var-positional argument cannot have default value
  | '*' (param_no_default | ',') param_maybe_default* a='*' (param_no_default | ',')
    -> a: * argument may appear only once
invalid_kwds = '**' param a='=' -> a: var-keyword argument cannot have default value
  | '**' param ',' a=param -> a: arguments cannot follow var-keyword argument
  | '**' param ',' a=('*' | '**' | '/') -> a: arguments cannot follow var-keyword argument
invalid_lambda_parameters = lambda_param_no_default* invalid_lambda_parameters_helper a=lambda_param_no_default
    -> a: non-default argument follows default argument
  | lambda_param_no_default* a='(' Name % ',' ','? b=')' -> a..b: Lambda expression parameters cannot be parenthesized
  | a='/' ',' -> a: at least one argument must precede /
  | (lambda_slash_no_default | lambda_slash_with_default) lambda_param_maybe_default* a='/' -> a: / may appear only once
  | (lambda_slash_no_default | lambda_slash_with_default)? lambda_param_maybe_default* '*'
    (',' | lambda_param_no_default) lambda_param_maybe_default* a='/' -> a: / must be ahead of *
  | lambda_param_maybe_default+ '/' a='*' -> a: expected comma between / and *
invalid_lambda_parameters_helper = lambda_slash_with_default | lambda_param_with_default+
invalid_lambda_star_etc = '*' (':' | ',' (':' | '**')) -> : named arguments must follow bare *
  | '*' Name a='=' -> a: var-positional argument cannot have default value
  | '*' (lambda_param_no_default | ',') lambda_param_maybe_default* a='*' (lambda_param_no_default | ',')
    -> a: * argument may appear only once
invalid_lambda_kwds = '**' Name a='=' -> a: var-keyword argument cannot have default value
  | '**' Name ',' a=Name -> a: arguments cannot follow var-keyword argument
  | '**' Name ',' a=('*' | '**' | '/') -> a: arguments cannot follow var-keyword argument

invalid_with_item = expression 'as' a=expression &(',' | ')' | ':') -> starTarget()
invalid_for_target = 'async'? 'for' a=star_expressions -> forTarget()
invalid_group = '(' a=starred_expression ')' -> a: cannot use starred expression here
  | '(' a='**' expression ')' -> a: cannot use double starred expression here
invalid_import_from_targets = import_from_as_names ',' Newline
    -> : trailing comma not allowed without surrounding parentheses

with_parts = (expression ('as' star_target)?) % ','
with_parts_in_brackets = '(' (expressions ('as' star_target)?) % ',' ','? ')'
invalid_with_stmt = 'async'? 'with' with_parts Newline -> : expected ':'
  | 'async'? 'with' with_parts_in_brackets Newline -> : expected ':'
invalid_with_stmt_indent = 'async'? a='with' with_parts ':' Newline !Indent
    -> indent: expected an indented block after 'with' statement on line {a.line}
  | 'async'? a='with' with_parts_in_brackets ':' Newline !Indent
    -> indent: expected an indented block after 'with' statement on line {a.line}
invalid_try_stmt = a='try' ':' Newline !Indent
    -> indent: expected an indented block after 'try' statement on line {a.line}
  | 'try' ':' block !('except' | 'finally') -> : expected 'except' or 'finally' block
  | 'try' ':' block* except_block+ a='except' b='*' expression ('as' Name)? ':'
    -> a..b: cannot have both 'except' and 'except*' on the same 'try'
  | 'try' ':' block* except_star_block+ a='except' (expression ('as' Name)?)? ':'
    -> a: cannot have both 'except' and 'except*' on the same 'try'
invalid_except_stmt = 'except' '*'? a=expression ',' expressions ('as' Name)? ':'
    -> a..: multiple exception types must be parenthesized
  | 'except' '*'? expression ('as' Name)? Newline -> : expected ':'
  | 'except' Newline -> : expected ':'
  | 'except' '*' (Newline | ':') -> : expected one or more exception types
invalid_finally_stmt = a='finally' ':' Newline !Indent
    -> indent: expected an indented block after 'finally' statement on line {a.line}
invalid_except_stmt_indent = a='except' expression ('as' Name)? ':' Newline !Indent
    -> indent: expected an indented block after 'except' statement on line {a.line}
  | a='except' ':' Newline !Indent
    -> indent: expected an indented block after 'except' statement on line {a.line}
invalid_except_star_stmt_indent = a='except' '*' expression ('as' Name)? ':' Newline !Indent
    -> indent: expected an indented block after 'except*' statement on line {a.line}
invalid_match_stmt = "match" subject_expr Newline -> : expected ':'
  | a="match" subject_expr ':' Newline !Indent
    -> indent: expected an indented block after 'match' statement on line {a.line}
invalid_case_block = "case" patterns guard? Newline -> : expected ':'
  | a="case" patterns guard? ':' Newline !Indent
    -> indent: expected an indented block after 'case' statement on line {a.line}
invalid_as_pattern = or_pattern 'as' a="_" -> a: cannot use '_' as a target
  | or_pattern 'as' !Name a=expression -> a: invalid pattern target
invalid_class_pattern = name_or_attr '(' a=invalid_class_argument_pattern
    -> a: positional patterns follow keyword patterns
invalid_class_argument_pattern = (positional_patterns ',')? keyword_patterns ',' a=positional_patterns -> same()

invalid_if_stmt = 'if' named_expression Newline -> : expected ':'
  | a='if' named_expression ':' Newline !Indent
    -> indent: expected an indented block after 'if' statement on line {a.line}
invalid_elif_stmt = 'elif' named_expression Newline -> : expected ':'
  | a='elif' named_expression ':' Newline !Indent
    -> indent: expected an indented block after 'elif' statement on line {a.line}
invalid_else_stmt = a='else' ':' Newline !Indent
    -> indent: expected an indented block after 'else' statement on line {a.line}
invalid_while_stmt = 'while' named_expression Newline -> : expected ':'
  | a='while' named_expression ':' Newline !Indent
    -> indent: expected an indented block after 'while' statement on line {a.line}
invalid_for_stmt = 'async'? 'for' star_targets 'in' star_expressions Newline -> : expected ':'
  | 'async'? a='for' star_targets 'in' star_expressions ':' Newline !Indent
    -> indent: expected an indented block after 'for' statement on line {a.line}
invalid_def_raw = 'async'? a='def' Name '(' params? ')' ('->' expression)? ':' Newline !Indent
    -> indent: expected an indented block after function definition on line {a.line}
invalid_class_def_raw = 'class' Name ('(' arguments? ')')? Newline -> : expected ':'
  | a='class' Name ('(' arguments? ')')? ':' Newline !Indent
    -> indent: expected an indented block after class definition on line {a.line}

invalid_double_starred_kvpairs = double_starred_kvpair % ',' ',' invalid_kvpair
  | expression ':' a='*' bitwise_or -> a..: cannot use a starred expression in a dictionary value
  | expression a=':' &('}' | ',') -> a: expression expected after dictionary key and ':'
invalid_kvpair = a=expression !':' -> missingColon()
  | expression ':' a='*' bitwise_or -> a..: cannot use a starred expression in a dictionary value
  | expression a=':' &('}' | ',') -> a: expression expected after dictionary key and ':'
`;
