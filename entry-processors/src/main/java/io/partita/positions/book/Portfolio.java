package io.partita.positions.book;

import io.partita.money.Currency;
import io.partita.positions.PositionRefusal;
import io.partita.positions.PositionRefused;
import java.util.regex.Pattern;

/**
 * A place in the hierarchy.
 *
 * @param code   1 to 40 small letters, digits and -
 * @param name   for people
 * @param parent the code of the one above it; null for a firm
 * @param base   the currency that its figures are in; that of its firm
 */
public record Portfolio(String code, String name, Level level, String parent, Currency base) {

    private static final Pattern CODE = Pattern.compile("[a-z0-9][a-z0-9-]{0,39}");
    private static final int LONGEST_NAME = 200;

    /** How high it stands; accounts stand below books. */
    public enum Level { BOOK, DESK, FIRM }

    public Portfolio {
        if (code == null || !CODE.matcher(code).matches()) {
            throw new PositionRefused(PositionRefusal.MALFORMED_CODE, code == null ? "There is none." : code.length() > 60 ? code.substring(0, 60)
                    + "..." : code);
        }
        if (name == null || name.isBlank() || name.length() > LONGEST_NAME) {
            throw new PositionRefused(PositionRefusal.NAME_TOO_LONG, code);
        }
        if (level == null || base == null) {
            throw new PositionRefused(PositionRefusal.MISSING_FIELD, code + " needs a level and a base currency.");
        }
        if (base.isUnit()) {
            throw new PositionRefused(PositionRefusal.MALFORMED_CURRENCY, base + " is no money.");
        }
        if ((level == Level.FIRM) != (parent == null)) {
            throw new PositionRefused(PositionRefusal.PARENT_NOT_ABOVE, code + " is a " + level + ".");
        }
    }
}
