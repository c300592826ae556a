/** Closing a run. Begin with {@link io.shopflow.load.run.CloseRun}. */
package io.shopflow.load.run;
