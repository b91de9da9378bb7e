package io.partita.pipelines.marketdata.rules;

import dev.cel.checker.CelStandardDeclarations;
import dev.cel.checker.CelStandardDeclarations.StandardFunction;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOptions;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelReference;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelMacro;
import dev.cel.parser.CelMacroExprFactory;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import io.partita.indicators.IndicatorKind;
import io.partita.indicators.IndicatorSpec;
import io.partita.indicators.IndicatorTable;
import io.partita.marketdata.stream.IndicatorRow;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The language of rules: the part of CEL that always ends. There are comparisons, arithmetic, {@code && || ! ?: in}, and {@code abs}, {@code least}, {@code greatest}; no
 * comprehension, no regular expression, no conversion, so that a condition costs what its text is long. Indicators are written as they are called everywhere:
 * while it is read, {@code macd(12,26,9).signal} becomes a word of that name, and {@code previous(close)} the word of the bar before. Thread-safe.
 */
public final class RuleLanguage {

    /** Of a condition, in characters. */
    public static final int LONGEST = 2_000;

    private static final int MOST_FLAWS = 5;
    private static final int MOST_KNOWN = 256;
    private static final int LONGEST_MESSAGE = 300;

    /** Made when the first condition is read: that takes a while, and most members never read one. */
    private static final class Tools {

        private static final CelOptions OPTIONS = CelOptions.current().enableHeterogeneousNumericComparisons(true).maxExpressionCodePointSize(LONGEST)
                .maxParseRecursionDepth(32).maxParseExpressionNodeCount(500).maxParseErrorRecoveryLimit(3).enableComprehension(false).comprehensionMaxIterations(0)
                .build();
        private static final CelStandardDeclarations FUNCTIONS = CelStandardDeclarations.newBuilder().includeFunctions(StandardFunction.LOGICAL_NOT,
                StandardFunction.LOGICAL_AND, StandardFunction.LOGICAL_OR, StandardFunction.CONDITIONAL, StandardFunction.EQUALS, StandardFunction.NOT_EQUALS,
                StandardFunction.LESS, StandardFunction.LESS_EQUALS, StandardFunction.GREATER, StandardFunction.GREATER_EQUALS, StandardFunction.ADD,
                StandardFunction.SUBTRACT, StandardFunction.MULTIPLY, StandardFunction.DIVIDE, StandardFunction.NEGATE, StandardFunction.IN).build();
        private static final CelCompiler COMPILER = compiler();
        private static final CelRuntime RUNTIME = runtime();
    }

    /** What was read last: reading takes some milliseconds. */
    private final Map<String, Read> known = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Read> eldest) {
            return size() > MOST_KNOWN;
        }
    };

    /** What came of reading a condition. */
    public sealed interface Read {

        /** It can be judged. */
        record Readable(RuleCondition condition) implements Read {
        }

        /** It cannot, for these reasons; at least one. */
        record Unreadable(List<Flaw> flaws) implements Read {
        }
    }

    /** What is wrong with a condition. Lines and columns count from 1. */
    public record Flaw(int line, int column, String message) {
    }

    private static CelCompiler compiler() {
        CelCompilerBuilder builder = CelCompilerFactory.standardCelCompilerBuilder().setOptions(Tools.OPTIONS).setStandardEnvironmentEnabled(false)
                .setStandardDeclarations(Tools.FUNCTIONS).setStandardMacros().setResultType(SimpleType.BOOL);
        for (RuleWords.Word word : RuleWords.all()) {
            builder.addVar(word.name(), word.type());
        }
        for (IndicatorKind kind : IndicatorTable.all()) {
            builder.addMacros(CelMacro.newGlobalVarArgMacro(kind.name(), (factory, _, arguments) -> Optional.of(indicator(factory, kind, arguments))));
        }
        builder.addMacros(CelMacro.newGlobalMacro("previous", 1, (factory, _, arguments) -> Optional.of(previous(factory, arguments.getFirst()))));
        builder.addFunctionDeclarations(function("abs", 1), function("least", 2), function("greatest", 2));
        return builder.build();
    }

    private static CelRuntime runtime() {
        return CelRuntimeFactory.standardCelRuntimeBuilder().setOptions(Tools.OPTIONS)
                .addFunctionBindings(CelFunctionBinding.from("abs_1", Double.class, Math::abs),
                        CelFunctionBinding.from("least_2", Double.class, Double.class, Math::min),
                        CelFunctionBinding.from("greatest_2", Double.class, Double.class, Math::max)).build();
    }

    private static CelFunctionDecl function(String name, int arguments) {
        SimpleType[] types = Collections.nCopies(arguments, SimpleType.DOUBLE).toArray(SimpleType[]::new);
        return CelFunctionDecl.newFunctionDeclaration(name, CelOverloadDecl.newGlobalOverload(name + "_" + arguments, SimpleType.DOUBLE, types));
    }

    /** Words and their types, as {@code double}; those of bars and indicators are also there for the bar before. */
    public static Map<String, String> words() {
        return RuleWords.types();
    }

    /** Reads a condition and checks that all of it is known and that it is true or false. */
    public Read read(String text) {
        if (text.length() > LONGEST) {
            return unreadable(new Flaw(1, 1, "a condition has at most " + LONGEST + " characters, and not " + text.length()));
        }
        synchronized (known) {
            Read before = known.get(text);
            if (before != null) {
                return before;
            }
        }
        Read read = fresh(text);
        synchronized (known) {
            known.put(text, read);
        }
        return read;
    }

    private Read fresh(String text) {
        CelValidationResult result = Tools.COMPILER.compile(text);
        if (result.hasError()) {
            return new Read.Unreadable(result.getErrors().stream().limit(MOST_FLAWS).map(RuleLanguage::flaw).toList());
        }
        try {
            CelAbstractSyntaxTree tree = result.getAst();
            Set<String> words = tree.getReferenceMap().values().stream().map(CelReference::name).filter(name -> !name.isEmpty())
                    .collect(Collectors.toCollection(TreeSet::new));
            return new Read.Readable(new RuleCondition(text, Tools.RUNTIME.createProgram(tree), words));
        } catch (CelValidationException | CelEvaluationException refused) {
            return unreadable(new Flaw(1, 1, shortened(String.valueOf(refused.getMessage()))));
        }
    }

    private static Read.Unreadable unreadable(Flaw flaw) {
        return new Read.Unreadable(List.of(flaw));
    }

    private static Flaw flaw(CelIssue issue) {
        return new Flaw(Math.max(1, issue.getSourceLocation().getLine()), Math.max(0, issue.getSourceLocation().getColumn()) + 1,
                shortened(issue.getMessage().replace(" (in container '')", "").strip()));
    }

    static String shortened(String message) {
        return message.length() <= LONGEST_MESSAGE ? message : message.substring(0, LONGEST_MESSAGE) + "...";
    }

    /** {@code rsi(14)}, or {@code rsi()} for what is usual. */
    private static CelExpr indicator(CelMacroExprFactory factory, IndicatorKind kind, List<CelExpr> arguments) {
        List<String> written = new ArrayList<>();
        for (CelExpr argument : arguments) {
            String number = argument.exprKind().getKind() == CelExpr.ExprKind.Kind.CONSTANT ? number(argument.constant()) : null;
            if (number == null) {
                return factory.reportError(kind.name() + " takes numbers, such as " + example(kind));
            }
            written.add(number);
        }
        IndicatorSpec spec;
        try {
            spec = IndicatorSpec.parse(kind.name() + "(" + String.join(",", written) + ")");
        } catch (IllegalArgumentException wrong) {
            return factory.reportError(wrong.getMessage());
        }
        if (!IndicatorRow.SPECS.contains(spec)) {
            return factory.reportError(spec + " is not calculated for each bar; " + example(kind));
        }
        return factory.newIdentifier(spec.toString());
    }

    private static String number(CelConstant constant) {
        return switch (constant.getKind()) {
            case INT64_VALUE -> constant.int64Value() < 0 ? null : Long.toString(constant.int64Value());
            case DOUBLE_VALUE -> constant.doubleValue() < 0 ? null : Double.toString(constant.doubleValue());
            default -> null;
        };
    }

    private static String example(IndicatorKind kind) {
        List<String> there = IndicatorRow.SPECS.stream().filter(spec -> spec.kind() == kind).map(IndicatorSpec::toString).toList();
        return there.isEmpty() ? "no " + kind.name() + " is" : "there is " + String.join(", ", there);
    }

    /** The same of the bar before: of a word, not of what is calculated from words. */
    private static CelExpr previous(CelMacroExprFactory factory, CelExpr value) {
        return switch (value.exprKind().getKind()) {
            case IDENT -> factory.newIdentifier(RuleWords.PREVIOUS + value.ident().name());
            case SELECT -> factory.newSelect(previous(factory, value.select().operand()), value.select().field(), value.select().testOnly());
            default -> factory.reportError("previous takes one value, such as previous(close)");
        };
    }
}
