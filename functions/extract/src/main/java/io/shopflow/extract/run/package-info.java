/** The use case: {@link io.shopflow.extract.run.ExtractRun} takes a source through one run. */
package io.shopflow.extract.run;
