package io.shopflow.extract.files;

import io.shopflow.extract.files.FieldMapping.Choice;
import io.shopflow.extract.files.FieldMapping.Lookup;
import io.shopflow.extract.files.FieldMapping.OfSale;
import io.shopflow.extract.files.FieldMapping.Sum;
import io.shopflow.extract.files.FileMapping.RowMapping;
import java.util.function.Predicate;

/** What a mapping uses that something else must be declared for. */
final class MappingUse {

    private MappingUse() {}

    /** Whether rows are compared with the sales that they return. */
    static boolean ofSales(RowMapping mapping) {
        return mapping.where().stream().anyMatch(MappingUse::comparesSale)
                || any(
                        mapping,
                        field ->
                                field instanceof OfSale
                                        || (field instanceof Choice choice
                                                && comparesSale(choice.when()))
                                        || (field instanceof Sum sum
                                                && sum.where().stream()
                                                        .anyMatch(MappingUse::comparesSale)));
    }

    /** Whether a file that is read is a workbook. */
    static boolean ofWorkbooks(RowMapping mapping) {
        return mapping.format() instanceof FileFormat.Xlsx
                || any(
                        mapping,
                        field ->
                                field instanceof Lookup lookup
                                        && lookup.format() instanceof FileFormat.Xlsx);
    }

    /** Whether there are sums over the rows of an id. */
    static boolean ofSums(RowMapping mapping) {
        return any(mapping, Sum.class::isInstance);
    }

    private static boolean any(RowMapping mapping, Predicate<FieldMapping> test) {
        return mapping.fields().values().stream().anyMatch(field -> any(field, test));
    }

    private static boolean any(FieldMapping field, Predicate<FieldMapping> test) {
        return test.test(field) || field.parts().stream().anyMatch(part -> any(part, test));
    }

    private static boolean comparesSale(Condition condition) {
        return switch (condition) {
            case Condition.SaleFound found -> true;
            case Condition.All all -> all.conditions().stream().anyMatch(MappingUse::comparesSale);
            case Condition.Any any -> any.conditions().stream().anyMatch(MappingUse::comparesSale);
            case Condition.Not not -> comparesSale(not.condition());
            case Condition.Is is -> false;
            case Condition.Empty empty -> false;
            case Condition.StartsWith begin -> false;
            case Condition.Matches matches -> false;
            case Condition.Compared compared -> false;
        };
    }
}
