package io.partita.trading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CommandBatchTest {

    @Test
    void what_travels_arrives_as_it_was_sent_in_its_order() throws IOException {
        List<Command> commands = commands(500);
        CommandBatch arrived = read(written(CommandBatch.of(commands)));
        ByteBuffer in = ByteBuffer.wrap(CommandBatch.encoded(List.of(arrived)));
        Command carrier = new Command();
        for (int i = 0; i < commands.size(); i++) {
            assertThat(arrived.id(i)).isEqualTo(commands.get(i).id());
            assertThat(carrier.decode(in)).hasToString(commands.get(i).toString());
        }
        assertThat(in.hasRemaining()).isFalse();
        assertThat(arrived.named()).isTrue();
    }

    @Test
    void a_command_without_an_id_is_noticed() {
        assertThat(CommandBatch.of(List.of(new Command().cancel(1, 1).id(1), new Command().cancel(2, 1))).named()).isFalse();
    }

    @Test
    void bytes_that_no_client_writes_never_become_a_batch() throws IOException {
        byte[] good = written(CommandBatch.of(commands(20)));
        for (int length = 0; length < good.length; length++) {
            byte[] torn = Arrays.copyOf(good, length);
            assertThatThrownBy(() -> read(torn)).isInstanceOf(IOException.class);
        }
        Random random = new Random(1);
        int refused = 0;
        for (int i = 0; i < 2_000; i++) {
            byte[] garbage = good.clone();
            garbage[random.nextInt(good.length)] = (byte) random.nextInt();
            try {
                CommandBatch batch = read(garbage);
                ByteBuffer in = ByteBuffer.wrap(CommandBatch.encoded(List.of(batch)));
                for (int command = 0; command < batch.size(); command++) {
                    new Command().decode(in);
                }
                assertThat(in.hasRemaining()).isFalse();
            } catch (IOException garbageIsSaidToBe) {
                refused++;
            }
        }
        assertThat(refused).isPositive();
    }

    @Test
    void a_carrier_forgets_what_it_held_whether_or_not_all_of_it_could_be_read() {
        ByteBuffer bytes = ByteBuffer.allocate(Command.MAX_BYTES);
        new Command().quote(1, 2, 7, 99, 50, 101, 60).sellerBy(3).display(4).minimum(5).stop(6).offset(7).expires(8).encode(bytes);
        ByteBuffer torn = ByteBuffer.wrap(bytes.array(), 0, bytes.position() - 1);
        Command carrier = new Command();
        assertThatThrownBy(() -> carrier.decode(torn)).isInstanceOf(IllegalArgumentException.class);
        assertThat(carrier.limit(9, 7, Side.BUY, 99, 10)).hasToString(new Command().limit(9, 7, Side.BUY, 99, 10).toString());
        assertThat(carrier.decode(bytes.flip()).plain()).isFalse();
        assertThat(carrier.cancel(9, 7)).hasToString(new Command().cancel(9, 7).toString());
        assertThat(carrier.plain()).isTrue();
    }

    private static List<Command> commands(int count) {
        Random random = new Random(count);
        List<Command> commands = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            Command command = switch (random.nextInt(4)) {
                case 0 -> new Command().cancel(random.nextLong(1_000), 7);
                case 1 -> new Command().replace(random.nextLong(1_000), 7, random.nextLong(1 << 20), random.nextLong(100));
                case 2 -> new Command().quote(0, 0, 7, 99, random.nextLong(50), 101, random.nextLong(50));
                default -> new Command().limit(0, 7, Side.SELL, random.nextLong(1L << 40), random.nextLong(1L << 50)).display(3).by(random.nextInt(), 4);
            };
            commands.add(command.id(random.nextLong(1, Long.MAX_VALUE)));
        }
        return commands;
    }

    private static byte[] written(CommandBatch batch) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        batch.write(new DataOutputStream(out));
        return out.toByteArray();
    }

    private static CommandBatch read(byte[] bytes) throws IOException {
        return CommandBatch.read(new DataInputStream(new ByteArrayInputStream(bytes)));
    }
}
