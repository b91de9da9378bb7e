package io.partita.console.find;

import java.util.List;

/**
 * Something to do, from wherever one is.
 *
 * @param id   for the browser
 * @param also other words by which people look for it
 */
public record Action(String id, String title, String detail, List<String> also, Runnable run) {

    static final String PREFIX = "action:";

    public Action(String id, String title, String detail, String also, Runnable run) {
        this(id, title, detail, List.of(also.split(" ")), run);
    }

    Hit hit() {
        return new Hit(title, detail, PREFIX + id);
    }
}
