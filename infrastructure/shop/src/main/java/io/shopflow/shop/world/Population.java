package io.shopflow.shop.world;

import io.shopflow.shop.world.SeededRandom.Purpose;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Generates people from numbers: the same seed and number give the same person. */
public final class Population {
    private static final NameParts GIVEN_NAMES = NameParts.of("given", "", 7919);
    private static final NameParts FAMILY_NAMES = NameParts.of("family", "", 15013);
    private static final NameParts STREETS = NameParts.of("street", " ", 4463);
    private static final List<String> MAIL_DOMAINS = WorldData.words("mail domain");

    /**
     * Numbers that Ofcom reserves for drama, a thousand for each prefix.
     *
     * @see <a
     *     href="https://www.ofcom.org.uk/phones-and-broadband/phone-numbers/numbers-for-drama">Ofcom</a>
     */
    private static final List<String> BRITISH_DRAMA_PREFIXES =
            List.of(
                    "7700900", "1134960", "1144960", "1154960", "1164960", "1174960", "1184960",
                    "1214960", "1314960", "1414960", "1514960", "1614960", "2079460", "1914980",
                    "2896496", "2920180", "1632960");

    private static final Pattern MARKS = Pattern.compile("\\p{M}");

    private static final List<Abroad> ABROAD =
            List.of(
                    new Abroad("IE", "Dublin", "Dublin", "D0%d X%03d"),
                    new Abroad("IE", "Cork", "Cork", "T1%d K%03d"),
                    new Abroad("FR", "Lyon", "", "6900%d"),
                    new Abroad("FR", "Nantes", "", "4400%d"),
                    new Abroad("DE", "Hamburg", "DE-HH", "2009%d"),
                    new Abroad("DE", "Leipzig", "DE-SN", "0410%d"),
                    new Abroad("US", "Portland", "OR", "9720%d"),
                    new Abroad("US", "Boston", "MA", "0211%d"));

    private static final double ABROAD_SHARE = 0.1;

    private final long seed;
    private final List<Town> towns = Town.all();
    private final double[] townBounds =
            SeededRandom.bounds(towns.stream().mapToDouble(Town::population).toArray());

    /** The population of the shop with a seed. */
    public Population(long seed) {
        this.seed = seed;
    }

    /** Whether the person with a number lives in the United Kingdom. */
    boolean isBritish(long number) {
        return !SeededRandom.of(seed, Purpose.PERSON, number).chance(ABROAD_SHARE);
    }

    /** The person with a number from 0. */
    public Person person(long number) {
        SeededRandom random = SeededRandom.of(seed, Purpose.PERSON, number);
        boolean british = !random.chance(ABROAD_SHARE);
        String first = GIVEN_NAMES.name(number, seed);
        String last = FAMILY_NAMES.name(number, seed);
        String plainFirst = plain(first);
        String plainLast = plain(last);
        String email = plainFirst + "." + plainLast + number + "@" + random.pick(MAIL_DOMAINS);
        String username = plainFirst + plainLast + number;
        long house = 1 + (number / 14_400) * 3 + random.below(3);
        String street = house + " " + STREETS.name(number, seed);
        String building =
                random.chance(0.15) ? last + (random.chance(0.5) ? " House" : " Court") : "";
        String company = random.chance(0.06) ? last + " & Daughters Ltd" : "";
        Home home = british ? britishHome(random, number) : homeAbroad(random, number);
        return new Person(
                first,
                last,
                company,
                email,
                username,
                home.phone(),
                street,
                building,
                home.city(),
                home.region(),
                home.postcode(),
                home.country());
    }

    private record Home(
            String phone, String city, String region, String postcode, String country) {}

    private Home britishHome(SeededRandom random, long number) {
        Town town = towns.get(random.pickByBounds(townBounds));
        String postcode = town.postcode(random);
        return new Home(
                typedBritishNumber(random, britishNumber(number)),
                town.name(),
                random.chance(0.05) ? "" : town.region(),
                typedPostcode(random, postcode),
                "GB");
    }

    private static Home homeAbroad(SeededRandom random, long number) {
        Abroad abroad = random.pick(ABROAD);
        return new Home(
                foreignNumber(abroad.country(), number),
                abroad.city(),
                abroad.region(),
                abroad.postcode().formatted(random.between(1, 9), random.below(1000)),
                abroad.country());
    }

    private static String plain(String name) {
        return MARKS.matcher(
                        Normalizer.normalize(name.toLowerCase(Locale.ROOT), Normalizer.Form.NFD))
                .replaceAll("")
                .replace("ł", "l")
                .replace("’", "");
    }

    private static String typedPostcode(SeededRandom random, String postcode) {
        if (random.chance(0.04)) {
            return postcode.toLowerCase(Locale.ROOT);
        }
        return random.chance(0.03) ? postcode.replace(" ", "") : postcode;
    }

    private static String britishNumber(long number) {
        int block = (int) (number % BRITISH_DRAMA_PREFIXES.size());
        long within = number / BRITISH_DRAMA_PREFIXES.size();
        if (within < 1000) {
            return BRITISH_DRAMA_PREFIXES.get(block) + "%03d".formatted(within);
        }
        // Personal numbers, which are no longer assigned.
        return "70%08d".formatted(number);
    }

    private static String typedBritishNumber(SeededRandom random, String national) {
        String head = national.substring(0, 4);
        String tail = national.substring(4);
        return switch (random.below(4)) {
            case 0 -> "+44 " + head + " " + tail;
            case 1 -> "0" + national;
            case 2 -> "(0" + head + ") " + tail;
            default -> "0" + head + " " + tail;
        };
    }

    /** Numbers reserved for fiction in each country, as far as they suffice. */
    private static String foreignNumber(String country, long number) {
        return switch (country) {
            case "IE" -> "+353 20 91%05d".formatted(number % 100_000);
            case "FR" -> "+33 1 99 %06d".formatted(number % 1_000_000);
            case "DE" -> "+49 30 23125%05d".formatted(number % 100_000);
            default -> "+1 %d 555 01%02d".formatted(201 + number / 100 % 700, number % 100);
        };
    }

    private record Abroad(String country, String city, String region, String postcode) {}

    /**
     * Names of three parts. Numbers below the count of combinations give different names: the
     * stride is coprime to the counts.
     */
    private record NameParts(
            List<String> starts,
            List<String> middles,
            String joint,
            List<String> ends,
            long stride) {

        static NameParts of(String kind, String joint, long stride) {
            return new NameParts(
                    WorldData.words(kind + " start"),
                    WorldData.words(kind + " middle"),
                    joint,
                    WorldData.words(kind + " end"),
                    stride);
        }

        String name(long number, long seed) {
            int combinations = starts.size() * middles.size() * ends.size();
            long index =
                    Math.floorMod(
                            number * stride + Math.floorMod(seed, combinations), combinations);
            int end = (int) (index % ends.size());
            int middle = (int) (index / ends.size() % middles.size());
            int start = (int) (index / ends.size() / middles.size());
            return starts.get(start) + middles.get(middle) + joint + ends.get(end);
        }
    }
}
