package io.partita.member.drill.report;

import java.util.function.Function;
import java.util.stream.Collector;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A piece of a page. Whatever is put into one is escaped, unless it is such a piece itself. */
record Html(String markup) {

    static final Html NOTHING = new Html("");

    /** Fills each {@code {}} of a template with a value. */
    static Html of(String template, Object... values) {
        StringBuilder markup = new StringBuilder(template.length() + values.length * 16);
        int from = 0;
        for (Object value : values) {
            int hole = template.indexOf("{}", from);
            if (hole < 0) {
                throw new IllegalArgumentException("More values than places in " + template);
            }
            markup.append(template, from, hole).append(value instanceof Html html ? html.markup : escape(String.valueOf(value)));
            from = hole + 2;
        }
        if (template.indexOf("{}", from) >= 0) {
            throw new IllegalArgumentException("More places than values in " + template);
        }
        return new Html(markup.append(template, from, template.length()).toString());
    }

    static Collector<Html, ?, Html> joining() {
        return Collectors.collectingAndThen(Collectors.mapping(Html::markup, Collectors.joining()), Html::new);
    }

    static <T> Html each(Iterable<T> values, Function<? super T, Html> piece) {
        StringBuilder markup = new StringBuilder();
        values.forEach(value -> markup.append(piece.apply(value).markup));
        return new Html(markup.toString());
    }

    static Html all(Html... pieces) {
        return Stream.of(pieces).collect(joining());
    }

    /** For text and for attributes in quotes of either kind. */
    static String escape(String text) {
        StringBuilder escaped = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&#39;");
                // Control characters are not allowed in a page at all.
                default -> escaped.append(c < ' ' && c != '\n' && c != '\t' ? '\uFFFD' : c);
            }
        }
        return escaped.toString();
    }
}
