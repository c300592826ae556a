package io.shopflow.local.servers;

/** What the process of a server is started for. */
public enum ServerStart {

    /** To serve. It starts from what a training run left, where there is such. */
    SERVING,

    /**
     * To learn how later ones start and warm up faster. It serves as well; when it is closed, which
     * takes some seconds then, it leaves what it learned.
     */
    TRAINING
}
