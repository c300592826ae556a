package io.shopflow.dashboard.sales;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Caches sales until new data is loaded. Several readers of one page, or one who navigates back and
 * forth, cost the warehouse one query.
 */
@ApplicationScoped
class RememberedSales {
    private static final int ANSWERS = 64;

    /** A query and the version of the data. */
    private record Question(String version, Object what) {}

    private final Sales sales;

    private final Map<Question, Object> answers =
            new LinkedHashMap<>(ANSWERS, 0.75f, true) {
                @Override
                protected boolean removeEldestEntry(Map.Entry<Question, Object> eldest) {
                    return size() > ANSWERS;
                }
            };

    RememberedSales(Sales sales) {
        this.sales = sales;
    }

    List<SourceSales> sources(String version) {
        return remembered(new Question(version, "sources"), sales::sources);
    }

    List<String> categories(String version) {
        return remembered(new Question(version, "categories"), sales::categories);
    }

    SalesFigures figures(SalesFilter filter, String version) {
        return remembered(new Question(version, filter), () -> sales.figures(filter));
    }

    @SuppressWarnings("unchecked") // each kind of query has one type of result
    private <T> T remembered(Question question, Supplier<T> ask) {
        synchronized (answers) {
            Object known = answers.get(question);
            if (known != null) {
                return (T) known;
            }
        }
        // Outside the lock: a slow query must not block cached results.
        T answer = ask.get();
        synchronized (answers) {
            answers.put(question, answer);
        }
        return answer;
    }
}
