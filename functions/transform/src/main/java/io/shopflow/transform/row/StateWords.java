package io.shopflow.transform.row;

import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The words of which names of order states consist, in the languages of many shops. A state with
 * other words is still accepted if the source's table has it; it is only not shown if it is
 * rejected.
 */
final class StateWords {

    private static final Set<String> WORDS =
            """
                    abandoned abgebrochen abgeholt abgelehnt abgeschlossen accepted active afsendt
                    afsluttet allocated and annullato annulleret annulé annulée anulowane approved
                    aprovado archived at attente ausstehend authorised authorized auto available
                    awaiting back backorder backordered bearbeitung being bestellt betaald betalt
                    bezahlt billed booked by cancel cancelada cancelado canceled cancellation cancelled
                    captured cart chargeback checkout clear cleared closed collect collected commande
                    completada completado completato complete completed concluído confirmed consegnato
                    courier cours created customer declined delayed deleted delivered delivery denied
                    depot dispatch dispatched dispute disputed done dostarczone draft due eingegangen en
                    entregada entregado entregue enviada enviado erledigt error erstattet espera
                    exchanged expired exported expédié expédiée failed failure faturado fehlgeschlagen
                    final finished for fraud fulfilled fulfillment fulfilment geannuleerd geleverd
                    geliefert geschlossen gesendet gestornert held hold import imported in incomplete
                    initiated internal invalid invoice invoiced issued item items label later left
                    levererad leveret livré livrée local locked lost manual missing new no not nowe null
                    oczekujące of offen offline ok old on online open opłacone order ordered other out
                    packed packing pagada pagado pagato pago paid parcel partial partially partly pay
                    payment payé payée pendente pendiente pending picked picking pickup placed post
                    preorder preparing printed procesando process processamento processed processing
                    production préparation quote ready received rechnung reembolsado refund refunded
                    refused rejected released remboursé remboursée requested resent reserved retoure
                    return returned returning review reviewed rimborsato sale sales scheduled sent
                    settled ship shipment shipped shipping shop skickad sospeso spedito state status
                    stock stopped store storniert submitted success successful suspended sync teilweise
                    terminé terminée test to transit trash unbezahlt unconfirmed undefined undelivered
                    unfulfilled unknown unpaid unshipped updated user valid verified versandt verschickt
                    versendet verzonden void voided wachten wait waiting warehouse wartend wc web with
                    withdrawn wysłane yes zahlung zrealizowane zugestellt zurückgesendet
                    """
                    .lines()
                    .flatMap(line -> Stream.of(line.strip().split(" ")))
                    .collect(Collectors.toUnmodifiableSet());

    private StateWords() {}

    /** Whether a word, in any case, is one of them. */
    static boolean contains(String word) {
        return WORDS.contains(word.toLowerCase(Locale.ROOT));
    }
}
