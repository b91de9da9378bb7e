package io.partita.pipelines;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a job is told, complete with what is usual. Immutable. */
public final class JobOptions {

    private static final int LONGEST = 500;

    private final Map<String, String> values;

    private JobOptions(Map<String, String> values) {
        this.values = values;
    }

    /** @throws IllegalArgumentException if there is something that the job does not know */
    public static JobOptions of(StreamJob job, Map<String, String> told) {
        Map<String, String> values = new LinkedHashMap<>();
        job.options().forEach(option -> values.put(option.name(), option.usual()));
        told.forEach((name, value) -> {
            if (!values.containsKey(name)) {
                throw new IllegalArgumentException(job.name() + " has no option " + name + "; it has " + values.keySet());
            }
            if (value == null || value.length() > LONGEST) {
                throw new IllegalArgumentException(name + " has at most " + LONGEST + " characters");
            }
            values.put(name, value);
        });
        return new JobOptions(values);
    }

    /** Out of words as of a command line: {@code --name value}, or {@code --name=value}. */
    public static Map<String, String> words(List<String> words) {
        Map<String, String> told = new LinkedHashMap<>();
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            if (!word.startsWith("--")) {
                throw new IllegalArgumentException("an option is written as --name value, and not as " + word);
            }
            int equal = word.indexOf('=');
            if (equal > 0) {
                told.put(word.substring(2, equal), word.substring(equal + 1));
            } else if (i + 1 < words.size()) {
                told.put(word.substring(2), words.get(++i));
            } else {
                throw new IllegalArgumentException(word + " wants a value");
            }
        }
        return told;
    }

    public String text(String name) {
        return values.get(name);
    }

    /** Words between commas; none if it is empty. */
    public List<String> words(String name) {
        return text(name).isBlank() ? List.of() : List.of(text(name).strip().split("\\s*,\\s*"));
    }

    /** @throws IllegalArgumentException if it is no number between these */
    public double number(String name, double least, double most) {
        try {
            double number = Double.parseDouble(text(name));
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException notANumber) {
            // Told below.
        }
        throw new IllegalArgumentException(name + " is a number from " + least + " to " + most + ", and not " + text(name));
    }

    public Map<String, String> all() {
        return Map.copyOf(values);
    }
}
