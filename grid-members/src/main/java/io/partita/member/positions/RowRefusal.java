package io.partita.member.positions;

import io.partita.positions.PositionRefusal;

/** A row of an import that was not taken, and why. */
public record RowRefusal(long row, PositionRefusal code, String detail) {
}
