package io.partita.console.find;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What somebody looks for, in every way that it can be read.
 *
 * @param text   as it was typed, without blanks around it
 * @param number if it is one
 * @param id     if it is one of 36 characters
 * @param listed if it names one of the many of an instrument, such as {@code ACME/7}
 */
record Wanted(String text, OptionalLong number, Optional<UUID> id, Optional<Listed> listed) {

    static final int LONGEST = 100;

    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");
    private static final Pattern ID = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
    /** Longer than any word of a name that has no letter after f. */
    private static final Pattern BROKEN_ID = Pattern.compile("(?=.*-)[0-9a-fA-F-]{13,}");
    private static final Pattern LISTED = Pattern.compile("([A-Za-z0-9.:-]{1,32})[/ ]([0-9]{1,18})");

    /** An order or a trade of an instrument. */
    record Listed(String symbol, long number) {
    }

    static Wanted of(String typed) {
        String text = (typed.length() > LONGEST ? typed.substring(0, LONGEST) : typed).strip();
        Matcher listed = LISTED.matcher(text);
        return new Wanted(text, NUMBER.matcher(text).matches() ? OptionalLong.of(Long.parseLong(text)) : OptionalLong.empty(),
                ID.matcher(text).matches() ? Optional.of(UUID.fromString(text)) : Optional.empty(),
                listed.matches() ? Optional.of(new Listed(listed.group(1).toUpperCase(Locale.ROOT), Long.parseLong(listed.group(2)))) : Optional.empty());
    }

    /** One letter is a part of nearly every name. */
    boolean worthAsking() {
        return text.length() > 1 || number.isPresent();
    }

    /** What to say when nothing was found. */
    String nothing() {
        if (id.isPresent()) {
            return "Nothing that you may see has the id " + id.get() + ".";
        }
        if (number.isPresent()) {
            return "Nothing that you may see has the number " + text + ".";
        }
        if (listed.isPresent()) {
            return listed.get().symbol() + " has no order or trade " + listed.get().number() + " that you may see.";
        }
        return BROKEN_ID.matcher(text).matches() ? "That is not a whole id: one has 36 characters, four of them hyphens." : "Nothing that you may see is called \u201C" + text + "\u201D.";
    }
}
