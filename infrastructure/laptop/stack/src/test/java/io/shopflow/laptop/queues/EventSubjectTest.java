package io.shopflow.laptop.queues;

import static org.assertj.core.api.Assertions.assertThat;

import io.shopflow.core.run.RunId;
import org.junit.jupiter.api.Test;

/** The subjects of messages. */
class EventSubjectTest {

    private static final RunId RUN = new RunId("01M7YA4Q3DQA444FJER5BH04JE");

    @Test
    void anEventOfAPartNamesItsRun() {
        String key = "raw/year=2026/month=11/day=21/orders/olist-" + RUN + "-00002.csv";
        assertThat(EventSubject.of(event(key.replace("=", "%3D"))))
                .isEqualTo(new EventSubject(RUN, key));
    }

    @Test
    void anEventOfAManifestNamesItsRun() {
        String key = "runs/olist/" + RUN + "/manifest.json";
        assertThat(EventSubject.of(event(key))).isEqualTo(new EventSubject(RUN, key));
    }

    @Test
    void anEventOfAnotherObjectNamesNoRun() {
        assertThat(EventSubject.of(event("raw/other.csv")))
                .isEqualTo(new EventSubject(null, "raw/other.csv"));
    }

    @Test
    void whatIsNoEventIsAboutNothing() {
        EventSubject nothing = new EventSubject(null, "");
        assertThat(EventSubject.of("{")).isEqualTo(nothing);
        assertThat(EventSubject.of("{}")).isEqualTo(nothing);
        assertThat(EventSubject.of("{\"Records\":[]}")).isEqualTo(nothing);
    }

    private static String event(String key) {
        return "{\"Records\":[{\"eventName\":\"ObjectCreated:Put\",\"s3\":{\"bucket\":{\"name\":\"b\"},\"object\":{\"key\":\"%s\"}}}]}"
                .formatted(key);
    }
}
