package io.partita.console.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A firm with two books of shares and the daily prices of them: real ones where the shared data is, made ones of the same shape where it is not. */
public final class RiskWorld {

    /** The last day with prices. */
    public static final LocalDate LAST = LocalDate.of(2018, 2, 7);
    private static final int DAYS = 800;
    private static final int ROWS_OF_A_CALL = 5_000;
    private static final List<String> SHARES = List.of("AAPL", "AMZN", "BA", "BAC", "CAT", "CVX", "DIS", "GE", "HD", "INTC", "JNJ", "JPM", "KO", "MSFT", "NVDA", "XOM");

    private RiskWorld() {
    }

    /** Day, symbol, close and volume as files have them. */
    private record Close(LocalDate day, String symbol, String price, String volume) {
    }

    /** Tells a member all of it. */
    public static void fill(MemberProcess member) {
        Map<LocalDate, Map<String, Close>> closes = closes();
        List<String> rows = new ArrayList<>();
        closes.values().forEach(day -> day.values().forEach(close -> rows.add("{\"row\":%d,\"symbol\":\"%s\",\"day\":\"%s\",\"close\":\"%s\",\"volume\":\"%s\"}"
                .formatted(rows.size() + 1, close.symbol, close.day, close.price, close.volume))));
        for (LocalDate day : List.of(LAST.minusDays(1), LAST)) {
            rows.add("{\"row\":%d,\"symbol\":\"EUR/USD\",\"day\":\"%s\",\"close\":\"%s\"}".formatted(rows.size() + 1, day, day.equals(LAST) ? "1.2262" : "1.2374"));
        }
        for (int from = 0; from < rows.size(); from += ROWS_OF_A_CALL) {
            member.post("/prices", "{\"name\":\"risk\",\"rows\":[" + String.join(",", rows.subList(from, Math.min(rows.size(), from + ROWS_OF_A_CALL))) + "]}");
        }
        member.post("/positions/imports", "{\"name\":\"risk\",\"rows\":[" + String.join(",", lots(closes)) + "]}");
        portfolio(member, "house", "House", "FIRM", null);
        portfolio(member, "shares", "Shares", "DESK", "house");
        portfolio(member, "tech", "Technology", "BOOK", "shares");
        portfolio(member, "rest", "The rest", "BOOK", "shares");
        member.post("/portfolios/tech/accounts", "[\"6001\"]");
        member.post("/portfolios/rest/accounts", "[\"6002\"]");
    }

    private static List<String> lots(Map<LocalDate, Map<String, Close>> closes) {
        List<LocalDate> days = List.copyOf(closes.keySet());
        List<String> lots = new ArrayList<>();
        for (int share = 0; share < SHARES.size(); share++) {
            String symbol = SHARES.get(share);
            boolean tech = List.of("AAPL", "AMZN", "INTC", "MSFT", "NVDA").contains(symbol);
            lot(lots, tech ? 6001 : 6002, symbol, days.get(100 + 10 * share), symbol.equals("GE") ? -900 : 300 + 50 * share, closes);
        }
        lot(lots, 6001, "AAPL", days.get(400), -100, closes);
        lot(lots, 6001, "AAPL", days.getLast(), 40, closes);
        lots.add("{\"row\":%d,\"account\":\"6002\",\"symbol\":\"EUR\",\"currency\":\"EUR\",\"day\":\"%s\",\"quantity\":\"100000\"}".formatted(lots.size() + 1, LAST.minusDays(1)));
        return lots;
    }

    private static void lot(List<String> lots, long account, String symbol, LocalDate day, long quantity, Map<LocalDate, Map<String, Close>> closes) {
        lots.add("{\"row\":%d,\"account\":\"%d\",\"symbol\":\"%s\",\"currency\":\"USD\",\"day\":\"%s\",\"quantity\":\"%d\",\"price\":\"%s\"}"
                .formatted(lots.size() + 1, account, symbol, day, quantity, closes.get(day).get(symbol).price));
    }

    private static void portfolio(MemberProcess member, String code, String name, String level, String parent) {
        member.put("/portfolios/" + code, "{\"name\":\"%s\",\"level\":\"%s\",\"base\":\"USD\"%s}".formatted(name, level, parent == null ? "" : ",\"parent\":\"" + parent + "\""));
    }

    /** Of the last days, the oldest first. */
    private static Map<LocalDate, Map<String, Close>> closes() {
        TreeMap<LocalDate, Map<String, Close>> all = new TreeMap<>();
        Path file = Path.of(System.getProperty("partita.data", "../../shared/data"), "prices/sp500_32tickers_5yr.csv");
        (Files.exists(file) ? real(file) : made()).forEach(close -> all.computeIfAbsent(close.day, _ -> new TreeMap<>()).put(close.symbol, close));
        LocalDate first = all.descendingKeySet().stream().skip(DAYS - 1L).findFirst().orElseThrow();
        return all.tailMap(first, true);
    }

    private static List<Close> real(Path file) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.skip(1).map(line -> line.split(",")).filter(row -> SHARES.contains(row[6])).map(row -> new Close(LocalDate.parse(row[0]), row[6], row[4], row[5])).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Close> made() {
        Random random = new Random(32);
        List<Close> closes = new ArrayList<>();
        double[] prices = new double[SHARES.size()];
        Arrays.fill(prices, 80);
        for (LocalDate day = LAST.minusDays(DAYS * 2L); !day.isAfter(LAST); day = day.plusDays(1)) {
            if (day.getDayOfWeek() != DayOfWeek.SATURDAY && day.getDayOfWeek() != DayOfWeek.SUNDAY) {
                double market = 0.007 * random.nextGaussian();
                for (int share = 0; share < prices.length; share++) {
                    prices[share] *= 1 + market + 0.01 * random.nextGaussian();
                    closes.add(new Close(day, SHARES.get(share), String.format(Locale.ROOT, "%.2f", prices[share]), Long.toString(900_000 + random.nextInt(200_000))));
                }
            }
        }
        return closes;
    }
}
