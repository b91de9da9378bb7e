package io.partita.trading;

import java.util.List;
import java.util.Random;

/** Makes a command of a number: any order kind, phase or nonsense, around the price of 100. The same number means the same. */
public final class OrderFlow {

    private static final TradingPhase[] PHASES = TradingPhase.values();
    private static final SelfTradePrevention[] PREVENTIONS = SelfTradePrevention.values();

    private final Command command = new Command();
    private final boolean dark;
    private long time = 1_000;

    public OrderFlow(Instrument rules) {
        dark = rules.dark();
    }

    public static Instrument instrument(long seed) {
        Random random = new Random(seed);
        Instrument plain = Instrument.simple(7);
        Instrument rules = new Instrument(7, plain.ticks(), plain.lots(), 1 << random.nextInt(8, 20), 10_000, 0, 0, 50, Fees.NONE);
        if (random.nextInt(3) == 0) {
            rules = rules.withSteps(StepTable.of(new long[] {0, 101}, new long[] {1, 2}), StepTable.of(new long[] {0, 90}, new long[] {5, 2}));
        }
        if (random.nextInt(3) == 0) {
            rules = rules.withCollar(random.nextInt(300, 1_500));
        }
        if (random.nextInt(3) == 0) {
            rules = rules.withBand(random.nextInt(200, 800), 50);
        }
        rules = random.nextBoolean() ? rules : rules.withFees(new Fees(-150, 300, 77, 13));
        return rules.collar() == 0 && rules.band() == 0 && random.nextInt(3) == 0 ? rules.withMidLife(1 + random.nextInt(100)) : rules;
    }

    /** The next command; live orders are picked from the book, so that most of them hit something. */
    public Command next(long step, OrderBook book, List<Long> live) {
        Random random = new Random(step);
        time += random.nextInt(4) == 0 ? random.nextInt(20) : 1;
        int kind = random.nextInt(100);
        if (book.phase() == TradingPhase.CLOSED && random.nextInt(3) > 0 || kind == 0) {
            phase(random, book);
        } else if (kind < 12) {
            command.cancel(pick(random, live), account(random));
        } else if (kind < 22) {
            replace(random, pick(random, live));
        } else if (kind < 24) {
            command.massCancel(random.nextInt(2) * account(random), random.nextInt(3), random.nextInt(3));
            if (random.nextBoolean()) {
                command.disconnected(1 + random.nextInt(2));
            }
            if (random.nextBoolean()) {
                command.only(random.nextBoolean() ? Side.BUY : Side.SELL);
            }
        } else if (kind < 29) {
            long bid = price(random);
            command.quote(501, 502, 3, bid, quantity(random) * random.nextInt(4), bid + random.nextInt(4), quantity(random)).by(1, 2);
        } else if (kind < 31) {
            command.cross(id(random), account(random), id(random) + 300, account(random), price(random), quantity(random)).by(1, 1).sellerBy(2);
        } else if (kind < 32) {
            command.reference(price(random));
        } else if (kind < 34) {
            command.tick();
        } else {
            enter(random);
        }
        if (random.nextInt(dark ? 8 : 200) == 0) {
            long bid = price(random);
            command.lit(bid, random.nextInt(20) == 0 ? 0 : bid + random.nextInt(-1, 8));
        }
        return command.at(time).id(step >>> 1);
    }

    private void phase(Random random, OrderBook book) {
        TradingPhase usual = book.phase() == TradingPhase.CONTINUOUS ? PHASES[random.nextInt(PHASES.length)]
                : book.phase() == TradingPhase.CLOSED ? TradingPhase.PRE_OPEN
                : random.nextInt(4) > 0 ? TradingPhase.CONTINUOUS : PHASES[random.nextInt(PHASES.length)];
        command.phase(usual, random.nextInt(3) == 0 ? time + random.nextInt(40) : 0);
    }

    private void replace(Random random, long order) {
        command.replace(order, account(random), random.nextBoolean() ? 0 : price(random), random.nextInt(3) == 0 ? 0 : quantity(random));
        if (random.nextInt(5) == 0) {
            command.display(quantity(random));
        }
        if (random.nextInt(5) == 0) {
            command.stop(price(random));
        }
        if (random.nextInt(5) == 0) {
            command.offset(random.nextInt(5));
        }
    }

    private void enter(Random random) {
        OrderType type = random.nextInt(5) < 3 ? OrderType.LIMIT : OrderType.values()[random.nextInt(OrderType.values().length)];
        TimeInForce time = random.nextBoolean() ? TimeInForce.DAY : TimeInForce.values()[random.nextInt(TimeInForce.values().length)];
        boolean limited = type == OrderType.LIMIT || type == OrderType.STOP_LIMIT || type == OrderType.PEGGED && random.nextBoolean();
        command.newOrder(id(random), account(random), random.nextBoolean() ? Side.BUY : Side.SELL, type, time,
                limited ? price(random) : 0, quantity(random));
        command.by(random.nextInt(3), random.nextInt(3)).prevent(PREVENTIONS[random.nextInt(PREVENTIONS.length)]);
        if (time == TimeInForce.GOOD_TILL_DATE) {
            command.expires(this.time + random.nextInt(60));
        }
        if (type.waitsForStop() && (type != OrderType.TRAILING_STOP || random.nextBoolean())) {
            command.stop(price(random));
        }
        if (type == OrderType.TRAILING_STOP || type == OrderType.PEGGED) {
            command.offset(random.nextInt(4));
        }
        if (type == OrderType.PEGGED) {
            command.peg(random.nextBoolean() ? PegReference.MID : PegReference.PRIMARY);
        }
        flags(random);
    }

    private void flags(Random random) {
        switch (random.nextInt(14)) {
            case 0 -> command.hidden();
            case 1 -> command.display(quantity(random));
            case 2 -> command.postOnly();
            case 3 -> command.allOrNone();
            case 4 -> command.minimum(quantity(random));
            case 5 -> command.cancelOnDisconnect();
            case 6 -> nonsense(random);
            default -> { }
        }
    }

    private void nonsense(Random random) {
        switch (random.nextInt(6)) {
            case 0 -> command.hidden().allOrNone();
            case 1 -> command.stop(-5);
            case 2 -> command.offset(-1);
            case 3 -> command.expires(7);
            case 4 -> command.minimum(-1);
            default -> command.peg(PegReference.MID).postOnly();
        }
    }

    private static long id(Random random) {
        return random.nextInt(60) == 0 ? -random.nextInt(2) : 1 + random.nextInt(250);
    }

    private static long account(Random random) {
        return 1 + random.nextInt(3);
    }

    private static long pick(Random random, List<Long> live) {
        return live.isEmpty() || random.nextInt(10) == 0 ? random.nextInt(100) : live.get(random.nextInt(live.size()));
    }

    private static long price(Random random) {
        return random.nextInt(80) == 0 ? random.nextLong(-5, 1 << 21) : 100 + (int) (random.nextGaussian() * 4);
    }

    private static long quantity(Random random) {
        return random.nextInt(80) == 0 ? random.nextLong(-5, 20_000) : 10L * (1 + random.nextInt(8));
    }
}
