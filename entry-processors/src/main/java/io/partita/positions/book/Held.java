package io.partita.positions.book;

import io.partita.positions.lots.Holding;
import io.partita.positions.product.Product;

/** A position of an account in a product, from wherever it was told. */
public record Held(long account, Product product, Holding holding) {
}
