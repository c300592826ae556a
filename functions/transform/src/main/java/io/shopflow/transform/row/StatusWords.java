package io.shopflow.transform.row;

import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Words that occur in the statuses of orders, in the languages of many shops. A status with other
 * words is accepted too if the source maps it; if it is rejected, its value is not shown.
 */
final class StatusWords {

    private static final Set<String> WORDS =
            """
                    abandoned abgebrochen abgeholt abgelehnt abgeschlossen accepted active afsendt
                    afsluttet allocated amount and annullato annulleret annulé annulée anulowane
                    approved aprovado archived at attente ausstehend authorised authorized auto
                    available awaiting back backorder backordered be bearbeitung being bestellt betaald
                    betalt bezahlt billed booked by cancel cancelada cancelado canceled cancellation
                    cancelled captured cart chargeback check checking checkout clear cleared closed
                    collect collected commande completada completado completato complete completed
                    completing concluído confirm confirmed confirming consegnato contact courier cours
                    created customer declined delayed deleted deliver delivered delivering delivery
                    denied depot dispatch dispatched dispatching dispute disputed done dostarczone down
                    draft due eingegangen en entregada entregado entregue enviada enviado erledigt error
                    erstattet espera exchanged expired exported expédié expédiée failed failure faturado
                    fehlgeschlagen final finished first for fraud fulfill fulfilled fulfilling
                    fulfillment fulfilment full fully geannuleerd geleverd geliefert geschlossen
                    gesendet gestornert held hold hub import imported in incomplete initiated internal
                    invalid invoice invoiced is issued item items label last later left levererad
                    leveret line livré livrée local locked lost mail manual missing modified new no not
                    note notified nowe null oczekujące of offen offline ok old on online only open
                    opłacone order ordered other out pack packed packing pagada pagado pagato pago paid
                    parcel partial partially partly paused pay payment payé payée pendente pendiente
                    pending picked picking pickup placed post preorder preparation preparing printed
                    procesando process processamento processed processing production progress
                    préparation purchase quote ready received rechnung reembolsado refund refunded
                    refused rejected rejecting released remboursé remboursée reminder replaced
                    replacement request requested resent reserved resolved resumed retoure return
                    returned returning returns review reviewed rimborsato route sale sales scheduled
                    second send sending sent settled ship shipment shipped shipping shop signed skickad
                    soon sospeso spedito split started state status still stock stopped store storniert
                    submitted success successful supplier suspended sync system teilweise terminé
                    terminée test to today transaction transit transport trash unbezahlt unconfirmed
                    undefined undelivered under unfulfilled unknown unpaid unshipped up updated user
                    valid validated verification verified verify versandt verschickt versendet verzonden
                    void voided wachten wait waiting warehouse wartend was wc web with withdrawn wrong
                    wysłane yes zahlung zrealizowane zugestellt zurückgesendet
                    """
                    .lines()
                    .flatMap(line -> Stream.of(line.strip().split(" ")))
                    .collect(Collectors.toUnmodifiableSet());

    private StatusWords() {}

    /** Whether a word, in any case, is one of them. */
    static boolean contains(String word) {
        return WORDS.contains(word.toLowerCase(Locale.ROOT));
    }
}
