package io.partita.member.ledger.query;

import io.partita.member.ledger.query.QueryRefused.Reason;
import java.nio.ByteBuffer;
import java.util.Base64;

/**
 * Where a page begins, as clients carry it: opaque, and good only for the query that gave it out.
 *
 * @param query    what the query was, so that its cursor is not taken for another's
 * @param upward   true if the page holds the positions above, false for those below
 * @param position the position beside which the page begins, itself not in it
 */
record PageCursor(int query, boolean upward, long position) {

    private static final int BYTES = 4 + 1 + 8;

    String text() {
        byte[] bytes = ByteBuffer.allocate(BYTES).putInt(query).put((byte) (upward ? 1 : 0)).putLong(position).array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** @throws QueryRefused if the text is not a cursor of that query */
    static PageCursor parse(String text, int query) {
        try {
            ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(text));
            if (bytes.remaining() == BYTES && bytes.getInt() == query) {
                byte direction = bytes.get();
                long position = bytes.getLong();
                if ((direction == 0 || direction == 1) && position >= 0) {
                    return new PageCursor(query, direction == 1, position);
                }
            }
        } catch (IllegalArgumentException e) {
            throw new QueryRefused(Reason.BAD_CURSOR, "Not a cursor: " + text, e);
        }
        throw new QueryRefused(Reason.BAD_CURSOR, "A cursor of another query or of other parameters: " + text);
    }
}
