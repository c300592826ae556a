package io.shopflow.checks;

import java.time.Duration;
import java.util.Locale;

/**
 * Something that happens to the processes of a stack during a run, once.
 *
 * @param damage what happens
 * @param moment when it happens
 */
record Disturbance(Damage damage, Moment moment) {

    @Override
    public String toString() {
        return damage + " " + moment;
    }

    /** What happens. */
    sealed interface Damage {

        /** Processes of a function stand still (SIGSTOP), and continue later. */
        record Pause(String function, Duration time) implements Damage {

            @Override
            public String toString() {
                return "pause %s for %d ms".formatted(function, time.toMillis());
            }
        }

        /** Processes of a function are killed. */
        record Kill(String function) implements Damage {

            @Override
            public String toString() {
                return "kill " + function;
            }
        }

        /**
         * A server ends, and the stack starts it again.
         *
         * @param signal that ends it: {@code KILL}, or one at which it shuts down in order
         */
        record Restart(String server, String signal) implements Damage {

            @Override
            public String toString() {
                return "end %s by %s".formatted(server, signal);
            }
        }
    }

    /** When it happens. */
    sealed interface Moment {

        /**
         * A function sends a piece of data to a server, or receives one. A pause and a kill concern
         * the process that does.
         *
         * @param share of the pieces of a quiet run that come before, from 0 to 1
         */
        record AtPiece(Place place, Side side, double share) implements Moment {

            @Override
            public String toString() {
                return String.format(
                        Locale.ROOT,
                        "%s of %s to %s after %.1f %%",
                        side.words,
                        place.function(),
                        place.server(),
                        100 * share);
            }
        }

        /**
         * Some time after the run was requested, whatever the processes do then. A pause and a kill
         * concern all processes of the function.
         *
         * @param share of the time that a quiet run takes, from 0 to 1
         */
        record AtTime(double share) implements Moment {

            @Override
            public String toString() {
                return String.format(Locale.ROOT, "after %.1f %% of the time", 100 * share);
            }
        }
    }

    /** A function and a server that it uses. */
    record Place(String function, String server) {}

    /** The side of a request at which the run is disturbed. */
    enum Side {
        /** The server receives the piece later, or never. */
        BEFORE_REQUEST("before a request", Direction.REQUEST),
        /** The server receives the piece, and the function does not see the answer. */
        AFTER_REQUEST("after a request", Direction.REQUEST),
        /** The server has answered; the function receives the piece later, or never. */
        BEFORE_ANSWER("before the answer to a request", Direction.ANSWER);

        private final String words;
        private final Direction direction;

        Side(String words, Direction direction) {
            this.words = words;
            this.direction = direction;
        }

        /** The pieces that are counted. */
        Direction direction() {
            return direction;
        }
    }

    /** The way of a piece of data. */
    enum Direction {
        /** From the function to the server. */
        REQUEST,
        /** From the server to the function. */
        ANSWER
    }
}
