package io.partita.member.ledger.query;

import io.partita.member.rest.RequestCode;
import io.partita.member.rest.RequestProblem;
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

    /** @throws RequestProblem if the text is not a cursor of that query */
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
            throw RequestProblem.of(RequestCode.BAD_CURSOR, "This is not a cursor.");
        }
        throw RequestProblem.of(RequestCode.BAD_CURSOR, "It belongs to another query, or to other parameters.");
    }
}
