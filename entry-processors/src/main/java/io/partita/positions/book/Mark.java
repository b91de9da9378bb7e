package io.partita.positions.book;

import io.partita.positions.product.Price;
import java.time.LocalDate;

/**
 * The price by which something is valued.
 *
 * @param day     of which it is the close
 * @param version how often it was corrected before; a calculation that is to be repeated needs the same
 */
public record Mark(Price price, LocalDate day, int version) {
}
