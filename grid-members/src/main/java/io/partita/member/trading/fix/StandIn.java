package io.partita.member.trading.fix;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import quickfix.FieldNotFound;
import quickfix.Message;
import quickfix.field.BusinessRejectReason;
import quickfix.field.MsgType;
import quickfix.field.RefMsgType;
import quickfix.field.Text;

/**
 * What stands in for a message that is too long: a BusinessMessageReject (j) with the same sequence number, which has the type and the length
 * of the one that was passed over. So the session counts it, and it can be rejected like any other.
 */
final class StandIn {

    /** Of a message, enough to find its type and number. */
    static final int KEPT = 512;
    private static final char SOH = 1;
    private static final String MARK = "TOO_LONG ";

    private StandIn() {
    }

    /**
     * @param head  the first bytes of the message
     * @param bytes how many it had
     * @return empty if the head lacks a field without which no session can count it
     */
    static Optional<byte[]> of(byte[] head, long bytes) {
        Map<String, String> fields = new HashMap<>();
        String text = new String(head, StandardCharsets.ISO_8859_1);
        for (String field : text.substring(0, text.lastIndexOf(SOH) + 1).split(String.valueOf(SOH))) {
            int equals = field.indexOf('=');
            if (equals > 0) {
                fields.putIfAbsent(field.substring(0, equals), field.substring(equals + 1));
            }
        }
        StringBuilder body = new StringBuilder("35=" + MsgType.BUSINESS_MESSAGE_REJECT + SOH);
        for (String tag : new String[] {"49", "56", "34", "52"}) {
            if (!fields.containsKey(tag)) {
                return Optional.empty();
            }
            body.append(tag).append('=').append(fields.get(tag)).append(SOH);
        }
        for (String tag : new String[] {"43", "97", "122"}) {
            if (fields.containsKey(tag)) {
                body.append(tag).append('=').append(fields.get(tag)).append(SOH);
            }
        }
        body.append("372=").append(fields.get("35")).append(SOH).append("380=0").append(SOH).append("58=").append(MARK).append(bytes).append(SOH);
        String message = "8=" + fields.get("8") + SOH + "9=" + body.length() + SOH + body;
        int sum = message.chars().sum() & 0xff;
        return Optional.of((message + "10=%03d".formatted(sum) + SOH).getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Rejects the message that this one stands for; empty if it stands for none. */
    static Optional<Message> reject(Message standIn, int longest) throws FieldNotFound {
        String text = standIn.getOptionalString(Text.FIELD).orElse("");
        return !text.startsWith(MARK) ? Optional.empty() : Optional.of(Answers.notDone(standIn, standIn.getString(RefMsgType.FIELD),
                BusinessRejectReason.OTHER, null, "MESSAGE_TOO_LONG: It has " + text.substring(MARK.length()) + " bytes; a message has at most "
                        + longest + "."));
    }
}
