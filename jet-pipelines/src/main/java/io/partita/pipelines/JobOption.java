package io.partita.pipelines;

/**
 * Something that a job can be told.
 *
 * @param usual what it is unless said
 */
public record JobOption(String name, String usual, String meaning) {
}
