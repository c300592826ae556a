/** The use case: {@link io.shopflow.extract.run.ExtractRun} performs one run of a source. */
package io.shopflow.extract.run;
