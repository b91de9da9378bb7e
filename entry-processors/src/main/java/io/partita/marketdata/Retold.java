package io.partita.marketdata;

/** What is told again, under the same key, when more is known of it. */
public interface Retold<T> {

    /** Whether as much is known as in another telling, at least: then it takes the place of that. */
    boolean replaces(T other);
}
