/** Loading a run's manifest: {@link io.shopflow.load.run.LoadManifest}. */
package io.shopflow.load.run;
