package io.partita.member.security;

import io.partita.security.SecurityRefusal;
import io.partita.security.SecurityRefused;
import java.time.InstantSource;
import java.util.List;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Jdbi;

/** What people keep for themselves, in PostgreSQL: JSON by name, which means nothing to a member. Thread-safe; calls block. */
public final class Preferences {

    static final int MOST_OF_USER = 100;
    /** Of a value, as JSON without spaces. */
    static final int LONGEST = 4_096;
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,79}");

    private final Jdbi jdbi;
    private final InstantSource clock;

    Preferences(Jdbi jdbi, InstantSource clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    /** Something that somebody keeps. @param json any value */
    public record Preference(String name, String json) {
    }

    /** By name; those whose names begin with some text. */
    public List<Preference> of(String owner, String prefix) {
        return jdbi.withHandle(handle -> handle.createQuery("select name, value from security_preference where owner = :owner and starts_with(name, :prefix) order by name")
                .bind("owner", owner).bind("prefix", prefix).map((row, context) -> new Preference(row.getString("name"), row.getString("value"))).list());
    }

    public String value(String owner, String name) {
        return jdbi.withHandle(handle -> handle.createQuery("select value from security_preference where owner = :owner and name = :name").bind("owner", owner).bind("name", name)
                .mapTo(String.class).findOne()).orElseThrow(() -> new SecurityRefused(SecurityRefusal.PREFERENCE_NOT_FOUND, name));
    }

    /** Keeps it in place of what was there. */
    public void keep(String owner, String name, String json) {
        if (!NAME.matcher(name).matches()) {
            throw new SecurityRefused(SecurityRefusal.MALFORMED_PREFERENCE_NAME, name);
        }
        if (json.length() > LONGEST) {
            throw new SecurityRefused(SecurityRefusal.PREFERENCE_TOO_LARGE, "It has " + json.length() + " characters.");
        }
        jdbi.useTransaction(handle -> {
            // Locked, so that two at the same time do not count each other out.
            handle.execute("select from security_identity where name = ? for update", owner);
            int others = handle.createQuery("select count(*) from security_preference where owner = :owner and name <> :name").bind("owner", owner).bind("name", name).mapTo(int.class).one();
            if (others >= MOST_OF_USER) {
                throw new SecurityRefused(SecurityRefusal.TOO_MANY_PREFERENCES, owner);
            }
            handle.execute("insert into security_preference (owner, name, value, changed_at) values (?, ?, ?, ?) on conflict (owner, name) do update set value = excluded.value,"
                    + " changed_at = excluded.changed_at", owner, name, json, clock.instant());
        });
    }

    /** Whether it was there or not. */
    public void forget(String owner, String name) {
        jdbi.useHandle(handle -> handle.execute("delete from security_preference where owner = ? and name = ?", owner, name));
    }
}
