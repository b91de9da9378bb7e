package io.partita.member.trading.fix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FramingTest {

    private static final int LONGEST = 2048;

    private static String message(String... fields) {
        String body = String.join("\u0001", fields) + '\u0001';
        String message = "8=FIX.4.4\u00019=" + body.length() + '\u0001' + body;
        return message + "10=%03d\u0001".formatted(message.chars().sum() & 0xff);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static List<String> take(Framing framing, byte[] bytes, Random random) {
        List<String> messages = new ArrayList<>();
        for (int at = 0; at < bytes.length; ) {
            int count = Math.min(bytes.length - at, 1 + random.nextInt(700));
            framing.take(Arrays.copyOfRange(bytes, at, at + count)).forEach(whole -> messages.add(new String(whole, StandardCharsets.ISO_8859_1)));
            at += count;
        }
        return messages;
    }

    @Test
    void messages_come_out_as_they_went_in_however_they_are_cut_and_whatever_lies_between() {
        for (int seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            ByteArrayOutputStream sent = new ByteArrayOutputStream();
            List<String> expected = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                switch (random.nextInt(4)) {
                    case 0 -> {
                        byte[] garbage = new byte[random.nextInt(3000)];
                        random.nextBytes(garbage);
                        sent.writeBytes(garbage);
                    }
                    case 1 -> sent.writeBytes(bytes(List.of("8=F", "8=FIX.4.4\u00019=", "8=FIX.4.4\u00019=12x", "8=FIX8=FIX", "10=000\u0001", "8=FIX.4.4\u00019=\u0001")
                            .get(random.nextInt(6)) + '\u0001'));
                    default -> {
                        String message = message("35=D", "49=A", "56=B", "34=" + i, "52=now", "58=" + "x".repeat(random.nextInt(1500)));
                        expected.add(message);
                        sent.writeBytes(bytes(message));
                    }
                }
            }
            assertThat(take(new Framing(LONGEST), sent.toByteArray(), random)).as("seed %s", seed).isEqualTo(expected);
        }
    }

    @Test
    void a_wrong_length_costs_its_own_message_only() {
        String good = message("35=0", "49=A", "56=B", "34=2", "52=now");
        String tooShort = message("35=0", "49=A", "56=B", "34=1", "52=now").replace("9=", "9=1");
        assertThat(take(new Framing(LONGEST), bytes(tooShort + good + good + good + good + good), new Random(1))).contains(good);
    }

    @Test
    void in_the_place_of_a_message_that_is_too_long_there_is_one_with_its_number() {
        String after = message("35=0", "49=A", "56=B", "34=8", "52=now");
        for (int length : new int[] {LONGEST, LONGEST + 1, LONGEST + 100, 3 * LONGEST, 1 << 20}) {
            String longest = message("35=D", "49=A", "56=B", "34=7", "52=now", "58=" + "x".repeat(length));
            List<String> messages = take(new Framing(LONGEST), bytes(longest + after), new Random(length));
            assertThat(messages).hasSize(2).last().isEqualTo(after);
            assertThat(messages.getFirst()).contains("\u000135=j\u0001", "\u000134=7\u0001", "372=D\u0001", "58=TOO_LONG " + longest.length()).hasSizeLessThan(200);
        }
    }

    @Test
    void whoever_sends_nothing_but_garbage_is_not_listened_to_for_ever() {
        Framing framing = new Framing(LONGEST);
        assertThatThrownBy(() -> {
            for (int i = 0; i < 100; i++) {
                framing.take(new byte[1 << 20]);
            }
        }).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> new Framing(LONGEST).take(bytes("8=FIX.4.4\u00019=999999999\u0001"))).isInstanceOf(IllegalStateException.class);
    }
}
