package io.shopflow.laptop.inference;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A shop's country.
 *
 * @param language of its exports, as {@link Words} calls it
 * @param code ISO 3166
 * @param zone of its capital or largest town
 * @param currency ISO 4217
 */
record Country(String language, String code, String zone, String currency) {

    private static final int AMOUNTS = 50;

    private static final Map<String, String> SIGNS =
            Map.of("€", "EUR", "£", "GBP", "$", "USD", "zł", "PLN", "¥", "JPY");

    /**
     * The likely country of a shop: by its currency, then by the language of its columns, then by
     * where most of its customers are.
     */
    static Country of(Tables tables, String language) {
        Optional<String> currency = currencyOfOrders(tables).or(() -> currencyOfAmounts(tables));
        List<Country> all = Words.countries();
        List<String> ofCustomers = values(tables, Role.COUNTRY).map(Words::plain).toList();
        Optional<Country> ofMost =
                all.stream().filter(country -> country.hasMostOf(ofCustomers)).findFirst();
        Comparator<Country> likeliest =
                Comparator.<Country, Boolean>comparing(
                                country -> !country.language().equals(language))
                        .thenComparing(country -> !Optional.of(country).equals(ofMost));
        Optional<Country> ofLanguage =
                all.stream().filter(country -> country.language().equals(language)).min(likeliest);
        return all.stream()
                .filter(country -> currency.isEmpty() || country.currency().equals(currency.get()))
                .min(likeliest)
                .or(() -> ofLanguage.map(country -> country.with(currency)))
                .orElse(all.getFirst());
    }

    private Country with(Optional<String> other) {
        return new Country(language, code, zone, other.orElse(currency));
    }

    private static Stream<String> values(Tables tables, Role role) {
        return tables.all().stream()
                .flatMap(
                        table ->
                                table.find(role).stream()
                                        .flatMap(column -> table.values(column).stream()));
    }

    private boolean hasMostOf(List<String> countries) {
        Locale here = Locale.of(language, code);
        Set<String> names =
                Stream.of(
                                code,
                                here.getISO3Country(),
                                here.getDisplayCountry(Locale.ENGLISH),
                                here.getDisplayCountry(here),
                                code.equals("GB") ? "UK" : code)
                        .map(Words::plain)
                        .collect(Collectors.toSet());
        return countries.stream().filter(names::contains).count() * 2 > countries.size();
    }

    private static Optional<String> currencyOfOrders(Tables tables) {
        return values(tables, Role.CURRENCY)
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()))
                .entrySet()
                .stream()
                .max(
                        Map.Entry.<String, Long>comparingByValue()
                                .thenComparing(Map.Entry.comparingByKey()))
                .map(Map.Entry::getKey);
    }

    private static Optional<String> currencyOfAmounts(Tables tables) {
        return tables.all().stream()
                .flatMap(
                        table ->
                                Role.NUMBERS.stream()
                                        .flatMap(role -> table.find(role).stream())
                                        .flatMap(
                                                column ->
                                                        table.values(column).stream()
                                                                .limit(AMOUNTS)))
                .flatMap(
                        value ->
                                SIGNS.entrySet().stream()
                                        .filter(sign -> value.contains(sign.getKey()))
                                        .map(Map.Entry::getValue))
                .findFirst();
    }
}
