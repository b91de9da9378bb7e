package io.partita.pipelines.marketdata.rules;

import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelVariableResolver;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** A condition that was read. Thread-safe. */
public final class RuleCondition {

    private static final int MOST_VALUES = 8;
    private static final int LONGEST_TEXT = 200;

    private final String text;
    private final CelRuntime.Program program;
    private final Set<String> words;

    /** What a condition says of a sight. */
    sealed interface Verdict {

        /** That it is so, that it is not, or that too much is absent to tell. */
        enum Plain implements Verdict {
            TRUE, FALSE, ABSENT
        }

        /** That it cannot be evaluated. */
        record Failed(String message) implements Verdict {
        }
    }

    RuleCondition(String text, CelRuntime.Program program, Set<String> words) {
        this.text = text;
        this.program = program;
        this.words = words;
    }

    /** True if it is judged on anomalies and not on each bar: it asks for what only those have. */
    public boolean onAnomalies() {
        return words.stream().anyMatch(word -> word.startsWith(RuleWords.ANOMALY));
    }

    Verdict judge(Sight sight) {
        try {
            Object answer = program.eval((CelVariableResolver) name -> RuleWords.find(sight, name));
            // What is neither rests on something that is not there.
            return answer instanceof Boolean is ? is ? Verdict.Plain.TRUE : Verdict.Plain.FALSE : Verdict.Plain.ABSENT;
        } catch (CelEvaluationException failure) {
            return new Verdict.Failed(RuleLanguage.shortened(String.valueOf(failure.getMessage())));
        }
    }

    /** For people: the condition, with what its words stood for. */
    String explain(Sight sight) {
        String values = words.stream().filter(word -> RuleWords.find(sight, word).isPresent() && !word.equals(word.toUpperCase(Locale.ROOT))).limit(MOST_VALUES)
                .map(word -> word + " = " + shown(RuleWords.find(sight, word).orElseThrow())).collect(Collectors.joining(", "));
        String shortened = text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT) + "...";
        return values.isEmpty() ? shortened : shortened + " (" + values + ")";
    }

    private static String shown(Object value) {
        return value instanceof Double number ? String.format(Locale.ROOT, "%.6g", number) : String.valueOf(value);
    }
}
