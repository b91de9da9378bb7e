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
    void amountsWithinATextAreGroupedAndOtherNumbersAreNot() {
        assertThat(plain(Amounts.within("1250.00 EUR, posted"))).isEqualTo("1'250.00 EUR, posted");
        assertThat(plain(Amounts.within("Its balance is -1234567.89 USD at sequence 12345"))).isEqualTo("Its balance is -1'234'567.89 USD at sequence 12345");
        assertThat(Amounts.within("999.99 EUR of 0199c3a4-7f00-7000-8000-000000007291 to 7291, order 7291 of ACME, 7291 IBM")).doesNotContain("\u2009");
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
