package io.partita.member.intake;

import java.util.List;

/**
 * One record of a CSV file as it stands there.
 *
 * @param line   the physical line on which it begins, from 1
 * @param text   its text without the line end
 * @param fields its fields; empty if it could not be read
 * @param fault  why it could not be read, or null
 */
record CsvRow(long line, String text, List<String> fields, String fault) {
}
