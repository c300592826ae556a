package io.shopflow.shop;

import io.shopflow.shop.Dice.Purpose;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Generates people from numbers: the same seed and number give the same person. */
final class Population {
    private static final List<String> GIVEN_STARTS =
            List.of(
                    "Zev", "Quil", "Thex", "Bax", "Dorv", "Fenq", "Grix", "Hask", "Jolv", "Kestr",
                    "Lurv", "Morx", "Nysk", "Olvr", "Pryz", "Ruskv", "Sylq", "Tarq", "Ulvr", "Vesk",
                    "Wyndr", "Xav", "Yorv", "Brev", "Corv", "Drav", "Elsk", "Farq", "Galv", "Hestr",
                    "Irvq", "Jaskr", "Korb", "Lynz", "Mavr", "Nalv", "Orsk", "Pelv", "Zéph", "Łuv");
    private static final List<String> GIVEN_MIDDLES =
            List.of("a", "e", "i", "o", "u", "abbo", "ellu", "izzi", "ottu", "ummi");
    private static final List<String> GIVEN_ENDS =
            List.of(
                    "drick", "mina", "wenna", "thorn", "bella", "gast", "linde", "mond", "nique",
                    "pher", "rissa", "stan", "thea", "vard", "wyn", "xander", "ztine", "cian",
                    "dora", "fried", "gund", "jane", "kella", "lotte");
    private static final List<String> FAMILY_STARTS =
            List.of(
                    "Quill", "Thrapp", "Brackv", "Snedd", "Wrox", "Plumq", "Grazz", "Spindr",
                    "Vexh", "Trundl", "Hobbr", "Skrimp", "Dwindl", "Flaxm", "Crumbl", "Blimp",
                    "Mudgr", "Nettl", "Ockl", "Pizzl", "Rumbl", "Scuttl", "Twizz", "Umbr", "Vintr",
                    "Whiffl", "Yaffl", "Zumm", "Boggl", "Chortl", "Drizzl", "Fizzl", "Gobbl",
                    "Huddl", "Jostl", "Kindl", "Lummox", "Muddl", "Noggl", "Ogglet", "Puddl",
                    "Quibbl", "Riddl", "Squabbl", "Tinkl", "Uzzl", "Vobbl", "Wambl", "Xyl", "Yobbl",
                    "Zwindl", "Bramm", "Clutt", "Dross", "Frogg", "Glumm", "Hubb", "Knobb",
                    "O’Zibb", "Müzz");
    private static final List<String> FAMILY_MIDDLES =
            List.of(
                    "a", "e", "i", "o", "u", "oddle", "ippen", "uffer", "anter", "ickle", "y",
                    "ox");
    private static final List<String> FAMILY_ENDS =
            List.of(
                    "nby",
                    "rmoor",
                    "ngshaw",
                    "lthwaite",
                    "skew",
                    "rsby",
                    "ttock",
                    "bbage",
                    "dgworth",
                    "fferton",
                    "gglesby",
                    "mpney",
                    "nquist",
                    "pplewhite",
                    "rkitt",
                    "sslewick",
                    "tterby",
                    "vverley",
                    "wdrick",
                    "xenham",
                    "zzard",
                    "bblestone",
                    "cklebury",
                    "ddlecombe",
                    "ffinch",
                    "ggarth",
                    "llowby",
                    "mmersett",
                    "nnikin",
                    "pperdine",
                    "rrowgate",
                    "sshington",
                    "ttlesea",
                    "vvenport",
                    "wkins",
                    "xworthy",
                    "zzleton",
                    "bbinghurst",
                    "ckthorn",
                    "ddlesworth");
    private static final List<String> STREET_STARTS =
            List.of(
                    "Vex",
                    "Drov",
                    "Marrow",
                    "Kelp",
                    "Brindle",
                    "Tansy",
                    "Quern",
                    "Wicket",
                    "Snipe",
                    "Gorse",
                    "Plover",
                    "Hemlock",
                    "Lapwing",
                    "Otter",
                    "Rook",
                    "Sedge",
                    "Teasel",
                    "Umber",
                    "Yarrow",
                    "Zinnia",
                    "Bittern",
                    "Corncrake",
                    "Dunnock",
                    "Fescue",
                    "Gannet",
                    "Hobby",
                    "Jackdaw",
                    "Kittiwake",
                    "Linnet",
                    "Merlin",
                    "Nuthatch",
                    "Osprey",
                    "Pipit",
                    "Quail",
                    "Redstart",
                    "Siskin",
                    "Twite",
                    "Wagtail",
                    "Whimbrel",
                    "Wren");
    private static final List<String> STREET_ENDS =
            List.of(
                    "holm", "wick", "garth", "thorpe", "fold", "croft", "mead", "stead", "hurst",
                    "combe", "bourne", "cote", "den", "fell", "gill", "hithe", "leigh", "mere",
                    "ness", "royd", "scar", "thwaite", "wold", "worth", "beck", "clough", "dale",
                    "firth", "haugh", "toft");
    private static final List<String> STREET_KINDS =
            List.of(
                    "Crescent",
                    "Lane",
                    "Mews",
                    "Row",
                    "Gardens",
                    "Wynd",
                    "Close",
                    "Terrace",
                    "Walk",
                    "Rise",
                    "Grove",
                    "Parade");
    private static final List<String> MAIL_DOMAINS =
            List.of(
                    "mail.example",
                    "post.example",
                    "inbox.example",
                    "example.com",
                    "example.org",
                    "example.net");

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
    private final double[] townBounds = new double[towns.size()];

    Population(long seed) {
        this.seed = seed;
        double sum = 0;
        for (int i = 0; i < townBounds.length; i++) {
            sum += towns.get(i).weight();
            townBounds[i] = sum;
        }
    }

    /** Whether the person with a number lives in the United Kingdom. */
    boolean isBritish(long number) {
        return !Dice.of(seed, Purpose.PERSON, number).chance(ABROAD_SHARE);
    }

    /** The person with a number from 0. */
    Person person(long number) {
        Dice dice = Dice.of(seed, Purpose.PERSON, number);
        boolean british = !dice.chance(ABROAD_SHARE);
        String first = name(number, 7919, GIVEN_STARTS, GIVEN_MIDDLES, GIVEN_ENDS);
        String last = name(number, 15013, FAMILY_STARTS, FAMILY_MIDDLES, FAMILY_ENDS);
        String plainFirst = plain(first);
        String plainLast = plain(last);
        String email = plainFirst + "." + plainLast + number + "@" + dice.pick(MAIL_DOMAINS);
        String street =
                (1 + (number / 14_400) * 3 + dice.below(3))
                        + " "
                        + name(number, 4463, STREET_STARTS, STREET_ENDS, STREET_KINDS);
        String building = dice.chance(0.15) ? last + (dice.chance(0.5) ? " House" : " Court") : "";
        String company = dice.chance(0.06) ? last + " & Daughters Ltd" : "";
        if (british) {
            Town town = towns.get(dice.pickByBounds(townBounds));
            String national = britishNumber(number);
            String postcode = town.postcode(dice);
            return new Person(
                    number,
                    first,
                    last,
                    company,
                    email,
                    plainFirst + plainLast + number,
                    typedBritishNumber(dice, national),
                    "+44" + national,
                    street,
                    building,
                    town.name(),
                    dice.chance(0.05) ? "" : town.region(),
                    dice.chance(0.04)
                            ? postcode.toLowerCase(Locale.ROOT)
                            : dice.chance(0.03) ? postcode.replace(" ", "") : postcode,
                    "GB");
        }
        Abroad abroad = dice.pick(ABROAD);
        String foreign = foreignNumber(abroad.country(), number);
        return new Person(
                number,
                first,
                last,
                company,
                email,
                plainFirst + plainLast + number,
                foreign,
                foreign.replace(" ", ""),
                street,
                building,
                abroad.city(),
                abroad.region(),
                abroad.postcode().formatted(dice.between(1, 9), dice.below(1000)),
                abroad.country());
    }

    /**
     * A name of three parts. Numbers below the count of combinations give different names: the
     * stride is coprime to the counts.
     */
    private String name(
            long number,
            long stride,
            List<String> starts,
            List<String> middles,
            List<String> ends) {
        int combinations = starts.size() * middles.size() * ends.size();
        long place =
                Math.floorMod(number * stride + Math.floorMod(seed, combinations), combinations);
        int end = (int) (place % ends.size());
        int middle = (int) (place / ends.size() % middles.size());
        int start = (int) (place / ends.size() / middles.size());
        String joint = ends.equals(STREET_KINDS) ? " " : "";
        return starts.get(start) + middles.get(middle) + joint + ends.get(end);
    }

    private static String plain(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        for (int i = 0; i < lower.length(); i++) {
            if (lower.charAt(i) > 127) {
                return MARKS.matcher(Normalizer.normalize(lower, Normalizer.Form.NFD))
                        .replaceAll("")
                        .replace("ł", "l")
                        .replace("’", "");
            }
        }
        return lower;
    }

    private static String britishNumber(long number) {
        int block = (int) (number % BRITISH_DRAMA_PREFIXES.size());
        long within = number / BRITISH_DRAMA_PREFIXES.size();
        if (within < 1000) {
            String digits = BRITISH_DRAMA_PREFIXES.get(block);
            return digits + padded(within, 10 - digits.length());
        }
        // Personal numbers, which are no longer assigned.
        return "70" + padded(number, 8);
    }

    private static String padded(long value, int width) {
        String digits = Long.toString(value);
        return "0".repeat(Math.max(0, width - digits.length())) + digits;
    }

    private static String typedBritishNumber(Dice dice, String national) {
        String head = national.substring(0, 4);
        String tail = national.substring(4);
        return switch (dice.below(4)) {
            case 0 -> "+44 " + head + " " + tail;
            case 1 -> "0" + national;
            case 2 -> "(0" + head + ") " + tail;
            default -> "0" + head + " " + tail;
        };
    }

    /** Numbers reserved for fiction in each country, as far as they suffice. */
    private static String foreignNumber(String country, long number) {
        return switch (country) {
            case "IE" -> "+353 20 91" + padded(number % 100_000, 5);
            case "FR" -> "+33 1 99 " + padded(number % 1_000_000, 6);
            case "DE" -> "+49 30 23125" + padded(number % 100_000, 5);
            default -> "+1 " + (201 + number / 100 % 700) + " 555 01" + padded(number % 100, 2);
        };
    }

    private record Abroad(String country, String city, String region, String postcode) {}
}
