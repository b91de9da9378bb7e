package io.partita.security;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;

/** Codes for whoever has lost their second factor. Each works once. */
public final class RecoveryCodes {

    public static final int COUNT = 10;

    private static final int GROUPS = 4;
    private static final int GROUP = 4;

    private RecoveryCodes() {
    }

    /** New ones, such as {@code ab2c-de3f-gh4j-km5n}: 79 bits each. */
    public static List<String> random(RandomGenerator random) {
        List<String> codes = new ArrayList<>(COUNT);
        for (int i = 0; i < COUNT; i++) {
            List<String> groups = new ArrayList<>(GROUPS);
            for (int j = 0; j < GROUPS; j++) {
                groups.add(Secrets.readable(random, GROUP));
            }
            codes.add(String.join("-", groups));
        }
        return codes;
    }

    /** A code as it was handed out, however somebody has typed it. */
    public static String canonical(String typed) {
        String plain = typed.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
        return plain.length() == GROUPS * GROUP ? plain.replaceAll("(.{" + GROUP + "})(?=.)", "$1-") : plain;
    }

    /** Whether something that was typed may be one, and is not the code of an app. */
    public static boolean looksLike(String typed) {
        return canonical(typed).length() == GROUPS * (GROUP + 1) - 1;
    }
}
