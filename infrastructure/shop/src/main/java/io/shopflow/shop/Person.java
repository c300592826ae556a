package io.shopflow.shop;

import java.util.List;
import java.util.stream.Stream;

/**
 * A fictitious person: a shop's data of a customer or a guest, as typed. Names, e-mail address,
 * phone and street are invented so that they occur nowhere else, and no two people share them.
 *
 * @param number people are numbered consecutively; a customer has a new number after a move
 * @param phone as typed, in one of the forms that shoppers use
 * @param phoneE164 the same number as {@code +441134960123}
 * @param addressLine2 empty for most
 */
public record Person(
        long number,
        String firstName,
        String lastName,
        String company,
        String email,
        String username,
        String phone,
        String phoneE164,
        String addressLine1,
        String addressLine2,
        String city,
        String region,
        String postcode,
        String country) {

    /** Every text that identifies this person or their home; town and postcode do not. */
    public List<String> identifyingTexts() {
        return Stream.of(
                        firstName,
                        lastName,
                        company,
                        email,
                        username,
                        phone,
                        phoneE164,
                        addressLine1,
                        addressLine2)
                .filter(text -> !text.isEmpty())
                .toList();
    }

    /** The street lines that are not empty. */
    public List<String> streetLines() {
        return Stream.of(addressLine1, addressLine2).filter(line -> !line.isEmpty()).toList();
    }

    /** The same person with another one's address and phone: after a move. */
    Person movedTo(Person other) {
        return new Person(
                other.number,
                firstName,
                lastName,
                company,
                email,
                username,
                other.phone,
                other.phoneE164,
                other.addressLine1,
                other.addressLine2,
                other.city,
                other.region,
                other.postcode,
                other.country);
    }
}
