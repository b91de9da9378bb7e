package io.partita.console.ui;

import static org.assertj.core.api.Assertions.assertThat;

import io.partita.money.Money;
import org.junit.jupiter.api.Test;

class AmountsTest {

    private static String plain(String shown) {
        return shown.replace("\u2009\u2060", "'").replace('\u00A0', ' ').replace('\u2212', '-');
    }

    @Test
    void figuresComeInGroupsOfThreeWithAllDigitsOfTheMinorUnit() {
        assertThat(plain(Amounts.figure(Money.parse("EUR 1234567.8")))).isEqualTo("1'234'567.80");
        assertThat(plain(Amounts.figure(Money.parse("EUR 0")))).isEqualTo("0.00");
        assertThat(plain(Amounts.figure(Money.parse("JPY 1000")))).isEqualTo("1'000");
        assertThat(plain(Amounts.figure(Money.parse("KWD 999.5")))).isEqualTo("999.500");
    }

    @Test
    void negativeFiguresHaveARealMinusSign() {
        assertThat(plain(Amounts.withCurrency(Money.parse("USD -123456.70")))).isEqualTo("-123'456.70 USD");
        assertThat(Amounts.figure(Money.parse("USD -0.01"))).startsWith("\u2212");
    }

    @Test
    void theLargestAmountOfTheLedgerIsShownExactly() {
        assertThat(plain(Amounts.figure(Money.of(Long.MAX_VALUE, io.partita.money.Currency.of("EUR"))))).isEqualTo("92'233'720'368'547'758.07");
        assertThat(plain(Amounts.figure(Money.of(Long.MIN_VALUE, io.partita.money.Currency.of("EUR"))))).isEqualTo("-92'233'720'368'547'758.08");
    }

    @Test
    void roughFiguresKeepWhatIsReadAtAGlance() {
        assertThat(plain(Amounts.rough(0))).isEqualTo("0");
        assertThat(plain(Amounts.rough(12.34))).isEqualTo("12.3");
        assertThat(plain(Amounts.rough(14_237.4))).isEqualTo("14'237");
        assertThat(plain(Amounts.rough(123_456)).replace('\u2009', ' ')).isEqualTo("123 k");
        assertThat(plain(Amounts.rough(48_219_332)).replace('\u2009', ' ')).isEqualTo("48.2 M");
    }
}
