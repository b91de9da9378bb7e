package io.partita.kernels;

/** Positions as flat arrays: all that a kernel needs to know of them. Whoever makes one leaves its arrays alone afterwards. */
public sealed interface Portfolio permits Sensitivities, OptionBook {

    /** The most positions. */
    int MOST_POSITIONS = 1_000_000;

    /** How many positions; none is fine and gains nothing. */
    int positions();

    /** How many factors they depend on. */
    int factors();

    /** The same without one position. */
    Portfolio without(int position);
}
