package io.shopflow.shop.world;

/**
 * A fictitious person: a shop's data of a customer or a guest, as typed. Names, e-mail address,
 * phone and street are invented so that they occur nowhere else, and no two people share them.
 *
 * @param phone in one of the forms that shoppers type
 * @param addressLine2 empty for most
 */
public record Person(
        String firstName,
        String lastName,
        String company,
        String email,
        String username,
        String phone,
        String addressLine1,
        String addressLine2,
        String city,
        String region,
        String postcode,
        String country) {

    /** Whether the person lives in the United Kingdom and therefore pays VAT. */
    public boolean isBritish() {
        return country.equals("GB");
    }

    /** First and last name. */
    public String fullName() {
        return firstName + " " + lastName;
    }

    /** The same person with another one's address and phone: after a move. */
    Person movedTo(Person other) {
        return new Person(
                firstName,
                lastName,
                company,
                email,
                username,
                other.phone,
                other.addressLine1,
                other.addressLine2,
                other.city,
                other.region,
                other.postcode,
                other.country);
    }
}
