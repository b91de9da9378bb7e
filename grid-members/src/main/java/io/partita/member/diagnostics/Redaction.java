package io.partita.member.diagnostics;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;

/**
 * Takes secrets out of texts: the values of settings that are named like secrets, wherever they stand, and what looks like a credential. Immutable.
 */
public final class Redaction {

    private static final String MASK = "***";
    /** Shorter ones would make a text unreadable, and are no secret worth the name. */
    private static final int LEAST = 4;
    private static final Pattern SECRET_NAME = Pattern.compile("(?i)password|passwd|secret|token|credential|pepper|private|(?:^|[._-])key(?:$|[._-])|apikey");
    /** Settings of ours, and what frameworks take from us: not whatever else the environment of the process has. */
    private static final Pattern OURS = Pattern.compile("(?i)(?:partita|spring|server|management|logging|hazelcast)[._].*");
    /** What stays of each is its first group: to look back from every place of a text for where a credential may begin takes seconds. */
    private static final List<Pattern> CREDENTIALS = List.of(
            // API keys, tokens in three parts, and those that fetch new ones.
            Pattern.compile("()pk_[A-Za-z0-9-]+_[A-Za-z0-9_-]{8,}"),
            Pattern.compile("()eyJ[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_-]+\\.?[A-Za-z0-9_-]*"),
            Pattern.compile("(?i)(bearer[ .])[A-Za-z0-9._~+/=-]{8,}"),
            Pattern.compile("(?i)(basic )[A-Za-z0-9+/=]{8,}"),
            Pattern.compile("()\\brt_[A-Za-z0-9_-]{8,}"),
            Pattern.compile("(?i)(one-time password )(?!in )\\S+"),
            // In addresses and settings; up to what ends a value there.
            Pattern.compile("(?i)((?:password|passwd|secret|token)[=:]\\s?)[^\\s&,;\"']+"),
            Pattern.compile("(?i)(\"(?:password|passwd|secret|token)\":\\s?\")[^\"]+"),
            Pattern.compile("(://[^/:@\\s]{1,100}:)[^/@\\s]+(?=@)"),
            // The password of a FIX logon.
            Pattern.compile("(\u0001(?:554|925)=)[^\u0001]+"),
            Pattern.compile("()-----BEGIN [A-Z ]*PRIVATE KEY-----[\\s\\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)"));

    private final List<String> values;

    private Redaction(List<String> values) {
        this.values = values;
    }

    /** Of values that are known to be secret. */
    public static Redaction of(Set<String> secrets) {
        // The longest first: one may be a part of another.
        return new Redaction(secrets.stream().filter(value -> value.length() >= LEAST).sorted(Comparator.comparingInt(String::length).reversed()).toList());
    }

    static Redaction of(ConfigurableEnvironment environment) {
        return of(settings(environment).entrySet().stream().filter(setting -> secret(setting.getKey())).map(Map.Entry::getValue).collect(Collectors.toSet()));
    }

    static boolean secret(String name) {
        return SECRET_NAME.matcher(name).find();
    }

    /** A text without its secrets. */
    public String text(String text) {
        String clean = text;
        for (String value : values) {
            clean = clean.replace(value, MASK);
        }
        for (Pattern credential : CREDENTIALS) {
            clean = credential.matcher(clean).replaceAll("$1" + MASK);
        }
        return clean;
    }

    /** The settings in effect, one a line, those that are secret without their values. */
    String masked(ConfigurableEnvironment environment) {
        List<String> lines = new ArrayList<>();
        settings(environment).forEach((name, value) -> lines.add(name + " = " + (secret(name) && !value.isEmpty() ? MASK : text(value))));
        return String.join("\n", lines) + "\n";
    }

    private static Map<String, String> settings(ConfigurableEnvironment environment) {
        Map<String, String> settings = new TreeMap<>();
        environment.getPropertySources().forEach(source -> {
            if (source instanceof EnumerablePropertySource<?> names) {
                for (String name : names.getPropertyNames()) {
                    if (OURS.matcher(name).matches() && !settings.containsKey(name)) {
                        settings.put(name, String.valueOf(environment.getProperty(name, String.valueOf(names.getProperty(name)))));
                    }
                }
            }
        });
        return settings;
    }
}
