package io.shopflow.checks;

import io.shopflow.checks.Disturbance.Damage;
import io.shopflow.checks.Disturbance.Damage.Kill;
import io.shopflow.checks.Disturbance.Damage.Pause;
import io.shopflow.checks.Disturbance.Damage.Restart;
import io.shopflow.checks.Disturbance.Moment;
import io.shopflow.checks.Disturbance.Moment.AtPiece;
import io.shopflow.checks.Disturbance.Moment.AtTime;
import io.shopflow.checks.Disturbance.Place;
import io.shopflow.checks.Disturbance.Side;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.SplittableRandom;

/**
 * What happens during a run.
 *
 * @param kind of the run
 * @param disturbances of processes
 * @param events if present, the events of objects and the request of the run are delayed and
 *     doubled, as drawn from this seed
 */
record CrashSchedule(CrashedStack.Kind kind, List<Disturbance> disturbances, OptionalLong events) {

    /** The functions to disturb, and the server at which they are disturbed. */
    static final List<Place> PLACES =
            List.of(
                    new Place("extract", "S3"),
                    new Place("transform", "S3"),
                    new Place("load", "S3"),
                    new Place("load", "PostgreSQL"));

    CrashSchedule {
        disturbances = List.copyOf(disturbances);
    }

    @Override
    public String toString() {
        List<String> parts = new ArrayList<>();
        disturbances.forEach(disturbance -> parts.add(disturbance.toString()));
        if (events.isPresent()) {
            parts.add("scatter the events");
        }
        return kind + ": " + String.join("; ", parts);
    }

    /** Which disturbances are drawn. */
    enum Selection {
        /** All kinds; every second seed has a pause. */
        ALL,
        /** One or two pauses. */
        PAUSES
    }

    /** Nothing. */
    static CrashSchedule quiet(CrashedStack.Kind kind) {
        return new CrashSchedule(kind, List.of(), OptionalLong.empty());
    }

    /**
     * The schedule of a seed.
     *
     * @param attempt from 1: another one, if functions ended before they were disturbed
     */
    static CrashSchedule of(long seed, int attempt, Selection selection) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int earlier = 1; earlier < attempt; earlier++) {
            random = random.split();
        }
        CrashedStack.Kind[] kinds = CrashedStack.Kind.values();
        CrashedStack.Kind kind = kinds[random.nextInt(kinds.length)];
        List<Disturbance> disturbances = new ArrayList<>();
        if (selection == Selection.PAUSES) {
            int count = 1 + random.nextInt(2);
            while (disturbances.size() < count) {
                disturbances.add(pause(random));
            }
            return new CrashSchedule(kind, disturbances, OptionalLong.empty());
        }
        OptionalLong events = OptionalLong.empty();
        int count = 1 + random.nextInt(3);
        for (int i = 0; i < count; i++) {
            if (i == 0 && seed % 2 == 0) {
                disturbances.add(pause(random));
                continue;
            }
            switch (random.nextInt(10)) {
                case 0 -> disturbances.add(pause(random));
                case 1 ->
                        disturbances.add(
                                new Disturbance(
                                        new Pause(place(random).function(), time(random)),
                                        atTime(random)));
                case 2, 3, 4 -> {
                    AtPiece moment = atPiece(random);
                    disturbances.add(new Disturbance(new Kill(moment.place().function()), moment));
                }
                case 5 ->
                        disturbances.add(
                                new Disturbance(
                                        new Kill(place(random).function()), atTime(random)));
                case 6 -> disturbances.add(new Disturbance(restart(random), atPiece(random)));
                case 7 -> disturbances.add(new Disturbance(restart(random), atTime(random)));
                default -> events = OptionalLong.of(random.nextLong());
            }
        }
        return new CrashSchedule(kind, disturbances, events);
    }

    private static Disturbance pause(SplittableRandom random) {
        AtPiece moment = atPiece(random);
        return new Disturbance(new Pause(moment.place().function(), time(random)), moment);
    }

    /** Longer than any lease. */
    private static Duration time(SplittableRandom random) {
        return CrashedStack.LEASE.plusMillis(500 + random.nextInt(1500));
    }

    private static Damage restart(SplittableRandom random) {
        boolean postgres = random.nextBoolean();
        boolean killed = random.nextBoolean();
        // At TERM, PostgreSQL would wait for its clients to leave.
        return postgres
                ? new Restart("PostgreSQL", killed ? "KILL" : "INT")
                : new Restart("S3", killed ? "KILL" : "TERM");
    }

    private static AtPiece atPiece(SplittableRandom random) {
        Side[] sides = Side.values();
        return new AtPiece(place(random), sides[random.nextInt(sides.length)], random.nextDouble());
    }

    private static Moment atTime(SplittableRandom random) {
        return new AtTime(random.nextDouble());
    }

    private static Place place(SplittableRandom random) {
        return PLACES.get(random.nextInt(PLACES.size()));
    }
}
