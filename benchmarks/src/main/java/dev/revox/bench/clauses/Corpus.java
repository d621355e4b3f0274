package dev.revox.bench.clauses;

import java.util.List;

/** What agents say on the phone, and texts that are made to be cut wrongly. */
final class Corpus {

    /** Prices, abbreviations, addresses, decimals, times, titles, initials, lists, dates. */
    static final List<Reply> TRAPS = List.of(
            reply("en", "Sure,| I can help you with that.| Which day would suit you best?"),
            reply("en", "That comes to $1,249.50 in total.| Would you like to pay by card?"),
            reply("en", "Dr. Miller is free at 3.30 p.m. on Friday.| Shall I book it for you?"),
            reply("en", "You can write to anna.green@example.com,| or call us before 5 p.m. today."),
            reply("en", "The flat is on St. James Ave. near the station.| It has 2.5 rooms."),
            reply("en", "Please bring your ID,| e.g. a passport or a driving licence.| Anything else?"),
            reply("en", "Mr. and Mrs. Baker arrive at 10:45.| Their room is ready."),
            reply("en", "No.| We close at noon on Saturdays.| But on Sundays we are open until six."),
            reply("en", "The version is 3.14.2 and it was released on Jan. 5th.| You have an older one."),
            reply("en", "I spoke to J. R. Smith from Acme Inc. about it.| He will call you back tomorrow."),
            reply("en", "Our address is example.com/help,| and you find the form on page 4."),
            reply("en", "Wait... let me check that.| Yes,| it is still in stock."),
            reply("en", "There are 1,000,000 reasons to say yes!| Here is one of them."),
            reply("en", "It costs approx. 20 dollars vs. 35 in the shop.| That is a good price."),
            reply("en", "\"Never again.\"| That is what she said when the U.S. team lost."),
            reply("en", "The meeting is at 9 a.m. in room no. 12.| Please be on time."),
            reply("en", "First,| turn it off.| Second,| wait for ten seconds.| Then turn it on again."),
            reply("en", "I see,| so the parcel never came.| I am sorry to hear that,| let me look into it."),
            reply("en", "He has a Ph.D. in physics and works for Prof. Lee.| Do you want his number?"),
            reply("en", "Thank you for calling!| How can I help?"),
            reply("de", "Gerne,| da schaue ich sofort nach.| Um welchen Tag geht es?"),
            reply("de", "Das kostet 1.249,50 Euro inkl. Versand.| Möchten Sie es bestellen?"),
            reply("de", "Herr Dr. Weber hat am 3. Mai um 14.30 Uhr Zeit.| Passt Ihnen das?"),
            reply("de", "Sie können z. B. mit Karte zahlen,| oder bar vor Ort."),
            reply("de", "Das sind ca. 20 Min. zu Fuß vom Bahnhof.| Es gibt auch einen Bus."),
            reply("de", "Schreiben Sie bitte an info@beispiel.de.| Wir melden uns bis zum 15. Januar."),
            reply("de", "Die Str. ist gesperrt,| d. h. Sie müssen über Hamburg fahren."),
            reply("de", "Nein.| Am Sonntag haben wir geschlossen.| Aber am Montag geht es ab 8 Uhr wieder."),
            reply("de", "Frau Prof. Klein ist im 2. Stock,| Zimmer Nr. 7.| Ich sage ihr Bescheid."),
            reply("de", "Ihre Rechnung vom 1.12.2026 ist bezahlt.| Vielen Dank!"),
            reply("fr", "Bien sûr,| je regarde tout de suite.| Quel jour vous convient ?"),
            reply("fr", "Cela fait 1 249,50 euros au total.| Souhaitez-vous payer par carte ?"),
            reply("fr", "M. Dupont et Mme Martin arrivent à 10 h 45.| La salle est prête."),
            reply("fr", "Écrivez à jean.petit@exemple.fr,| nous répondons sous 24 h."),
            reply("fr", "Le Dr. Bernard est libre le 3 mai à 14.30 environ.| Je réserve ?"),
            reply("fr", "Non.| Nous fermons à midi le samedi."),
            reply("es", "Claro,| ahora mismo lo miro.| ¿Qué día le viene mejor?"),
            reply("es", "Son 1.249,50 euros en total.| ¿Quiere pagar con tarjeta?"),
            reply("es", "El Sr. García y la Sra. López llegan a las 10.45.| Su mesa está lista."),
            reply("es", "Escriba a ana.ruiz@ejemplo.es,| o llame antes de las 5 p.m. de hoy."),
            reply("es", "La Dra. Moreno atiende en la Av. de la Paz.| Está en el 2.º piso."),
            reply("it", "Certo,| controllo subito.| Che giorno preferisce?"),
            reply("it", "Il totale è di 1.249,50 euro.| Vuole pagare con la carta?"),
            reply("it", "Il Dott. Rossi è libero alle 15.30 di venerdì.| Prenoto?"),
            reply("it", "La Sig.ra Bianchi la richiama domani.| Va bene?"),
            reply("pt", "Claro,| vou ver agora mesmo.| Que dia prefere?"),
            reply("pt", "São 1.249,50 euros no total.| Quer pagar com cartão?"),
            reply("pt", "O Dr. Silva e a Dra. Costa chegam às 10.45.| A sala está pronta."),
            reply("nl", "Natuurlijk,| ik kijk het meteen na.| Welke dag komt u uit?"),
            reply("nl", "Dat is ca. 20 min. lopen vanaf het station.| Er is ook een bus."),
            reply("nl", "Mevr. de Vries is er om 14.30 uur.| Zal ik het noteren?"),
            reply("ja", "はい、|すぐに確認します。|ご希望の日はいつですか？"),
            reply("ja", "合計は1,249.50ドルです。|カードで払いますか？"));

    /** Replies as they are common in calls: what an agent says to a booking, a question, a complaint, a change of mind. */
    static final List<Reply> CALLS = List.of(
            reply("en", "Of course!| Let me check what we have on Friday."),
            reply("en", "Great,| I have booked that for you.| You will get a message in a minute."),
            reply("en", "I'm sorry to hear that.| Could you tell me your order number,| please?"),
            reply("en", "Thanks, Dana.| Is there anything else I can do for you?"),
            reply("en", "We are open from nine to five on weekdays,| and from ten to two on Saturdays."),
            reply("en", "Yes,| that works.| I will see you on Tuesday at three."),
            reply("en", "No problem at all,| we can move it to another day.| When would be good?"),
            reply("en", "The delivery is free if you order before noon."),
            reply("en", "Let me see,| the next free slot is on Thursday morning."),
            reply("en", "I understand.| In that case I can offer you a refund or a new one."),
            reply("en", "Could you spell your last name for me,| please?"),
            reply("en", "Alright,| one moment,| I am looking at your account."),
            reply("en", "Our technician will be with you between eight and ten tomorrow."),
            reply("en", "Perfect.| And which size would you like?"),
            reply("en", "That is a good question.| I would have to ask a colleague."),
            reply("en", "Your table is reserved for four people at half past seven."),
            reply("en", "I see two bookings under that name,| one in May and one in June.| Which one is it?"),
            reply("en", "Sure thing!| What is the best number to reach you?"),
            reply("en", "Unfortunately we do not have that in stock right now."),
            reply("en", "Okay,| I have cancelled it.| Have a nice day!"),
            reply("de", "Ja,| das geht.| Soll ich den Termin gleich eintragen?"),
            reply("de", "Einen Moment bitte,| ich sehe im Kalender nach."),
            reply("de", "Das tut mir leid.| Wann ist das Paket denn angekommen?"),
            reply("de", "Wir haben montags bis freitags von neun bis achtzehn Uhr geöffnet."),
            reply("de", "Prima,| dann bis Donnerstag!"),
            reply("de", "Ihr Wagen ist morgen Mittag fertig,| Sie können ihn ab zwölf Uhr abholen."),
            reply("fr", "Bonjour,| je vous écoute."),
            reply("fr", "D'accord,| je l'ai noté pour mardi matin."),
            reply("fr", "Nous livrons dans toute la ville sans frais."),
            reply("fr", "Je suis désolé.| Pouvez-vous me donner votre numéro de commande ?"),
            reply("es", "Perfecto,| queda apuntado para el martes."),
            reply("es", "Lo siento mucho.| ¿Me puede decir qué pasó?"),
            reply("es", "Abrimos todos los días de diez a ocho menos los domingos."),
            reply("it", "Va bene,| ci vediamo giovedì alle tre."),
            reply("it", "Mi dispiace.| Posso fare qualcos'altro per lei?"),
            reply("pt", "Tudo bem,| fica para a próxima semana."),
            reply("nl", "Dat is goed,| dan zet ik het in de agenda."));

    private Corpus() {}

    private static Reply reply(String language, String marked) {
        return new Reply(language, marked);
    }
}
