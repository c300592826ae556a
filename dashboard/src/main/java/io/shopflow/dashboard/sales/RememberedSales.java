package io.shopflow.dashboard.sales;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Sales that were asked before, as long as nothing new was loaded. Several readers of one page, and
 * one who goes back and forth, cost the warehouse one look.
 */
@ApplicationScoped
class RememberedSales {
    private static final int ANSWERS = 64;

    /** Which question, of which state of the data. */
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

    @SuppressWarnings("unchecked") // each kind of question has one kind of answer
    private <T> T remembered(Question question, Supplier<T> ask) {
        synchronized (answers) {
            Object known = answers.get(question);
            if (known != null) {
                return (T) known;
            }
        }
        // Not under the lock: a slow question must not hold up those that are answered already.
        T answer = ask.get();
        synchronized (answers) {
            answers.put(question, answer);
        }
        return answer;
    }
}
