import type { Locale, Words } from '#terms/locale.ts'

/** What the sentence of a rule is made of: limits, expectations, other lines. Never anything of an identity. */
export type Detail = Record<string, string | number>

/**
 * Every way a file or a row can be refused. A sentence says what is wrong, what is allowed and what to do; corrections are
 * made at the source and imported again.
 */
const sentences = {
  // The command: nothing was read.
  'file.missing': {
    lv: (d) =>
      `Faila ${d.file} nav vai to nedrīkst lasīt. Pārbaudiet ceļu un tiesības un palaidiet importu vēlreiz.`,
    en: (d) =>
      `There is no file ${d.file}, or it may not be read. Check path and permissions and import again.`,
  },
  'file.not_a_file': {
    lv: (d) => `${d.file} nav parasts fails. Norādiet CSV failu.`,
    en: (d) => `${d.file} is not an ordinary file. Name a CSV file.`,
  },
  'mapping.missing': {
    lv: (d) => `Kartējuma faila ${d.file} nav vai to nedrīkst lasīt. Norādiet to ar --mapping.`,
    en: (d) => `There is no mapping ${d.file}, or it may not be read. Name it with --mapping.`,
  },
  'mapping.not_json': {
    lv: (d) => `Kartējuma fails ${d.file} nav JSON objekts. Salīdziniet to ar samples/results.mapping.json.`,
    en: (d) => `The mapping ${d.file} is not a JSON object. Compare it with samples/results.mapping.json.`,
  },
  'mapping.circular': {
    lv: (d) => `Kartējums ${d.file} ar "extends" atsaucas pats uz sevi. Pārtrauciet šo loku.`,
    en: (d) => `The mapping ${d.file} extends itself. Break the circle.`,
  },
  'mapping.invalid': {
    lv: (d) => `Kartējumā ir kļūdas. Izlabojiet šos laukus: ${d.fields}.`,
    en: (d) => `The mapping has errors. Correct these fields: ${d.fields}.`,
  },
  'database.other_kind': {
    lv: (d) =>
      `Šajā datubāzē jau ir ${kindName(d.held, 'lv')} dati, bet failā ir ${kindName(d.given, 'lv')} dati. ` +
      'Vienā datubāzē glabā viena veida datus: importējiet citā datubāzē.',
    en: (d) =>
      `This database already holds ${kindName(d.held, 'en')} data, but the file has ${kindName(d.given, 'en')} data. ` +
      'One database holds one kind: import into another database.',
  },
  'database.not_for_real_data': {
    lv: () =>
      'Iebūvētā datubāze darbojas ar kontu "nobody", ar to var strādāt arī citas programmas. Īstiem datiem palaidiet IKMS ' +
      'ar savu dienesta kontu vai norādiet PostgreSQL serveri (DATABASE_URL).',
    en: () =>
      'The embedded database runs under the account "nobody", which other programs use too. For real data run IKMS under an ' +
      'account of its own, or name a PostgreSQL server (DATABASE_URL).',
  },
  'state.other': {
    lv: (d) =>
      `Šī datubāze ir par valsti "${d.held}", bet kartējums par "${d.given}". Importējiet citā datubāzē.`,
    en: (d) =>
      `This database is about the state "${d.held}", the mapping about "${d.given}". Import into another database.`,
  },
  'assessment.differs': {
    lv: (d) =>
      `Pārbaudījums vai skala "${d.code}" jau ir aprakstīta citādi (atšķiras: ${d.differs}). ` +
      'Aprakstu nemaina: saskaņojiet kartējumu vai izvēlieties citu kodu.',
    en: (d) =>
      `The assessment or scale "${d.code}" is already described differently (differs in: ${d.differs}). ` +
      'A description is never changed: make the mapping agree or choose another code.',
  },

  // The file as a whole: reading stopped there.
  'file.empty': {
    lv: () => 'Fails ir tukšs. Pirmajā rindā jābūt kolonnu nosaukumiem, tālāk datiem.',
    en: () => 'The file is empty. The first line must name the columns, data follow.',
  },
  'file.binary': {
    lv: () =>
      'Te ir nulles baits: tas nav teksta fails. Saglabājiet datus kā CSV (UTF-8) un importējiet vēlreiz.',
    en: () =>
      'There is a NUL byte here: this is no text file. Save the data as CSV (UTF-8) and import again.',
  },
  'file.encoding': {
    lv: (d) =>
      `Šī rinda nav ${d.encoding} kodējumā. Saglabājiet failu šajā kodējumā vai norādiet kartējumā īsto.`,
    en: (d) =>
      `This line is not in ${d.encoding}. Save the file in it, or name the true encoding in the mapping.`,
  },
  'file.header': {
    lv: (d) =>
      `Virsraksta rinda neatbilst kartējumam: ${headerFaults(d, 'lv')}. ` +
      `Kartējums gaida kolonnas: ${d.expected}. Pārbaudiet, vai fails un kartējums ir no viena pāra.`,
    en: (d) =>
      `The header does not fit the mapping: ${headerFaults(d, 'en')}. ` +
      `The mapping expects the columns: ${d.expected}. Check that file and mapping belong together.`,
  },
  'file.line_too_long': {
    lv: (d) =>
      `Rinda ir garāka par ${d.limit} rakstzīmēm. Iespējams, trūkst pēdiņu vai rindas beigu. ` +
      'Izlabojiet failu avotā un importējiet vēlreiz.',
    en: (d) =>
      `The line is longer than ${d.limit} characters. A closing quote or a line end may be missing. ` +
      'Correct the file at the source and import again.',
  },
  'file.not_csv': {
    lv: () =>
      'Pēdiņas šajā rindā neatbilst CSV (RFC 4180): vērtību ar pēdiņām liek pēdiņās un iekšējās raksta divreiz. ' +
      'Izlabojiet failu avotā un importējiet vēlreiz.',
    en: () =>
      'The quotes of this line are not CSV (RFC 4180): a value with quotes is put in quotes and those inside are ' +
      'written twice. Correct the file at the source and import again.',
  },

  'file.columns': {
    lv: (d) =>
      `Virsraksta rinda neatbilst datu aprakstam: ${headerFaults(d, 'lv')}. ` +
      `Pazīstamās kolonnas: ${d.expected}. Nosaukumus raksta tieši tā.`,
    en: (d) =>
      `The header does not fit the contract: ${headerFaults(d, 'en')}. ` +
      `Columns it knows: ${d.expected}. Names are written exactly so.`,
  },

  // A package as a whole.
  'manifest.missing': {
    lv: () => 'Pakā nav faila manifest.json. Tas saka, kā dati tie ir un uz kuru dienu: pievienojiet to.',
    en: () => 'The package has no manifest.json. It says whose data these are and as of which day: add it.',
  },
  'manifest.invalid': {
    lv: (d) => `Failā manifest.json ir kļūdas. Izlabojiet šos laukus: ${d.fields}.`,
    en: (d) => `The manifest has errors. Correct these fields: ${d.fields}.`,
  },
  'package.empty': {
    lv: () => 'Pakā ir tikai manifests. Pievienojiet vismaz vienu CSV failu.',
    en: () => 'The package has a manifest only. Add at least one CSV file.',
  },
  'package.unknown_file': {
    lv: (d) => `Failu ${d.file} paka nepazīst. Izņemiet to vai nosauciet, kā teikts docs/import.md.`,
    en: (d) => `The contract knows no file ${d.file}. Take it out, or name it as docs/import.md says.`,
  },
  'oneroster.version': {
    lv: (d) => `OneRoster versija ir ${d.found}, bet paku saprot tikai versijā 1.2. Eksportējiet tajā.`,
    en: (d) =>
      `The version of OneRoster is ${d.found}; a package is understood in version 1.2 only. Export it so.`,
  },
  'zip.not_a_zip': {
    lv: () => 'Tas nav ZIP arhīvs, vai arī tas ir aprauts. Izveidojiet arhīvu un sūtiet vēlreiz.',
    en: () => 'This is no ZIP archive, or it is cut off. Make the archive and send it again.',
  },
  'zip.damaged': {
    lv: () => 'Arhīvs ir bojāts vai nav tāds, kā saka tā saturs. Izveidojiet arhīvu un sūtiet vēlreiz.',
    en: () => 'The archive is damaged, or not what its contents say. Make the archive and send it again.',
  },
  'zip.too_many': {
    lv: (d) => `Arhīvā ir vairāk nekā ${d.limit} failu. Atstājiet tikai datu failus.`,
    en: (d) => `The archive has more than ${d.limit} files. Leave only the files of data.`,
  },
  'zip.too_large': {
    lv: (d) => `Izpakots arhīvs būtu lielāks par ${d.limit} GB. Sadaliet to pa mācību gadiem.`,
    en: (d) => `Unpacked, the archive would be larger than ${d.limit} GB. Divide it by school years.`,
  },
  'zip.bomb': {
    lv: (d) => `Arhīvā ${d.file} izpakots kļūtu vairāk nekā ${d.limit} reižu lielāks. Tādu neatver.`,
    en: (d) =>
      `Unpacked, ${d.file} would become more than ${d.limit} times larger. Such an archive is not opened.`,
  },
  'zip.path': {
    lv: (d) => `Faila nosaukums ${d.file} ved ārpus arhīva. Failiem jābūt arhīva saknē vai vienā mapē.`,
    en: (d) =>
      `The file name ${d.file} leads out of the archive. Files must stand at its root or in one folder.`,
  },
  'zip.link': {
    lv: (d) => `Arhīvā ${d.file} nav parasts fails, bet saite vai ierīce. Ielieciet pašu failu.`,
    en: (d) => `In the archive ${d.file} is a link or a device, no ordinary file. Put the file itself in.`,
  },
  'zip.encrypted': {
    lv: (d) => `Arhīvā ${d.file} ir aizsargāts ar paroli. Sūtiet arhīvu bez paroles pa drošu ceļu.`,
    en: (d) => `In the archive ${d.file} is locked by a password. Send it without one, by a safe way.`,
  },
  'zip.nested': {
    lv: (d) => `Arhīvā ir cits arhīvs ${d.file}. Ielieciet tā failus tieši.`,
    en: (d) => `The archive holds another archive, ${d.file}. Put its files in directly.`,
  },
  'zip.repeated': {
    lv: (d) => `Fails ${d.file} arhīvā ir divreiz. Atstājiet vienu.`,
    en: (d) => `The file ${d.file} stands twice in the archive. Keep one of them.`,
  },

  // One value.
  'row.column_count': {
    lv: (d) => `Rindā ir ${d.found} vērtības, jābūt ${d.expected}. Pārbaudiet atdalītājus un pēdiņas.`,
    en: (d) => `The line has ${d.found} values, there must be ${d.expected}. Check delimiters and quotes.`,
  },
  'value.empty': {
    lv: () => 'Vērtība ir tukša, bet tā ir obligāta. Papildiniet avotā un importējiet vēlreiz.',
    en: () => 'The value is empty but required. Add it at the source and import again.',
  },
  'value.not_a_number': {
    lv: (d) =>
      `Tas nav skaitlis. Raksta ciparus, daļas atdala ar ${d.decimal === 'comma' ? 'komatu' : 'punktu'}.`,
    en: (d) =>
      `This is not a number. Write digits, with a decimal ${d.decimal === 'comma' ? 'comma' : 'point'}.`,
  },
  'value.not_an_integer': {
    lv: () => 'Tas nav vesels skaitlis. Raksta tikai ciparus, bez daļām.',
    en: () => 'This is not a whole number. Write digits only, no fractions.',
  },
  'value.out_of_range': {
    lv: (d) =>
      `Vērtība ir ārpus robežām: jābūt no ${number(d.minimum, 'lv')} līdz ${number(d.maximum, 'lv')}.`,
    en: (d) =>
      `The value is out of range: it must be from ${number(d.minimum, 'en')} to ${number(d.maximum, 'en')}.`,
  },
  'value.not_allowed': {
    lv: (d) =>
      `Šādas vērtības nav. Atļauts: ${d.allowed}. Izlabojiet avotā vai papildiniet kartējuma "values".`,
    en: (d) =>
      `There is no such value. Allowed: ${d.allowed}. Correct the source or add to "values" of the mapping.`,
  },
  'value.not_a_day': {
    lv: (d) => `Tāda datuma nav. Jābūt esošam datumam, ko raksta ${d.written}.`,
    en: (d) => `There is no such day. It must be a day of the calendar, written ${d.written}.`,
  },
  'value.not_a_month': {
    lv: () => 'Tas nav mēnesis. To raksta GGGG-MM, piemēram, 2016-03.',
    en: () => 'This is not a month. Write YYYY-MM, for example 2016-03.',
  },
  'value.too_long': {
    lv: (d) => `Vērtība ir pārāk gara: ${d.length} rakstzīmes, atļautas ${d.limit}.`,
    en: (d) => `The value is too long: ${d.length} characters, ${d.limit} are allowed.`,
  },
  'value.too_short': {
    lv: (d) => `Vērtība ir pārāk īsa: ${d.length} rakstzīmes, vajadzīgas ${d.limit}.`,
    en: (d) => `The value is too short: ${d.length} characters, ${d.limit} are needed.`,
  },
  'value.not_in_shape': {
    lv: (d) => `Vērtība nav pareizi pierakstīta. Tai jāatbilst paraugam ${d.shape}. Izlabojiet avotā.`,
    en: (d) =>
      `The value is not written as it must be: it has to match ${d.shape}. Correct it at the source.`,
  },
  'value.control_characters': {
    lv: () => 'Vērtībā ir neredzamas vadības rakstzīmes (piemēram, rindas beigas). Izdzēsiet tās avotā.',
    en: () =>
      'The value has invisible control characters (a line break, for example). Remove them at the source.',
  },

  'list.shape': {
    lv: (d) =>
      `Saraksta daļa "${d.piece}" nav tāda, kādai tai jābūt: ${d.pattern}. Daļas atdala ar vienu atstarpi, trūkstošā vietā liek "-".`,
    en: (d) =>
      `The piece "${d.piece}" of the list is not of the shape ${d.pattern}. One space stands between pieces, "-" for what is missing.`,
  },
  'list.repeated': {
    lv: (d) => `Sarakstā "${d.piece}" ir divreiz. Atstājiet to vienreiz.`,
    en: (d) => `The list has "${d.piece}" twice. Leave it there once.`,
  },
  'list.length': {
    lv: (d) => `Sarakstā daļu skaits ir ${d.found}, jābūt ${d.expected}.`,
    en: (d) => `The list has ${d.found} pieces; there must be ${d.expected}.`,
  },
  'list.out_of_range': {
    lv: (d) =>
      `Saraksta daļā "${d.piece}" skaitlis ir ārpus robežām. Atļauts no ${number(d.minimum, 'lv')} līdz ${number(d.maximum, 'lv')}.`,
    en: (d) =>
      `A number in the piece "${d.piece}" of the list is out of range. Allowed from ${d.minimum} to ${d.maximum}.`,
  },
  'marks.beyond_levels': {
    lv: () =>
      'Apguves līmeņi ir no 1 (S) līdz 4 (P), bet šeit ir lielāks skaitlis. Labojiet atzīmi vai skalu: "ten" ir desmit ballu skala.',
    en: () =>
      'Levels go from 1 (S) to 4 (P), but there is a greater number. Correct the mark, or the scale: "ten" is the scale of ten.',
  },
  'assessment.parts': {
    lv: (d) => `Pārbaudījumam ir šādas daļas: ${d.expected}, bet rezultātā to skaits ir ${d.found}.`,
    en: (d) => `The assessment has these parts: ${d.expected}; the result has ${d.found}.`,
  },
  'assessment.without_parts': {
    lv: () =>
      'Pārbaudījumam daļas nav aprakstītas. Aprakstiet tās failā assessments.csv vai atstājiet lauku tukšu.',
    en: () =>
      'The assessment has no parts described. Describe them in assessments.csv, or leave the field empty.',
  },
  'assessment.cuts': {
    lv: () => 'Līmeņu robežām jāpieaug: 2. līmenis sākas pirms 3., 3. pirms 4. Izlabojiet to secību.',
    en: () =>
      'Where levels begin must ascend: level 2 begins below level 3, level 3 below level 4. Correct their order.',
  },
  'assessment.same_series': {
    lv: (d) =>
      `Pārbaudījums "${d.other}" ir tās pašas rindas, tā paša mācību gada un veida, bet citas klases: abu rezultātus saskaitītu kopā. ` +
      'Dodiet katrai klasei savu rindu (subject).',
    en: (d) =>
      `The assessment "${d.other}" is of the same series, school year and kind, but of another grade: their results would be added ` +
      'into one figure. Give each grade a series (subject) of its own.',
  },
  'threshold.outside_scale': {
    lv: (d) => `Slieksnis nav skalas robežās: no ${number(d.minimum, 'lv')} līdz ${number(d.maximum, 'lv')}.`,
    en: (d) => `The threshold is not on the scale: from ${d.minimum} to ${d.maximum}.`,
  },
  'reference.unknown': {
    lv: (d) =>
      `Tāda koda nav: ne reģistrā, ne failā ${d.entity}.csv. Izlabojiet kodu vai pievienojiet to tur.`,
    en: (d) => `No such code is in the register or in ${d.entity}.csv. Correct the code, or add it there.`,
  },

  // What a row says together with others.
  'row.repeated': {
    lv: (d) => `Par to pašu jau ir ${d.otherLine}. rinda. Atstājiet vienu.`,
    en: (d) => `Line ${d.otherLine} is about the same one already. Keep one of them.`,
  },
  'row.ends_before_start': {
    lv: () => 'Pēdējā diena ir pirms pirmās. Izlabojiet dienas avotā.',
    en: () => 'The last day lies before the first. Correct the days at the source.',
  },
  'row.other_kind': {
    lv: (d) => `Reģistrā šis kods ir cita veida (${d.held}). Kodu otrreiz nelieto: izlabojiet avotā.`,
    en: (d) =>
      `In the register this code is of another kind (${d.held}). A code is not used twice: correct it.`,
  },
  'row.other_year': {
    lv: (d) => `Klase ar šo kodu reģistrā ir ${d.held}. gadā. Katram mācību gadam dodiet klasei citu kodu.`,
    en: (d) =>
      `In the register the class with this code is of ${d.held}. Give it another code every school year.`,
  },
  'row.too_many': {
    lv: (d) => `Failā ir vairāk nekā ${d.limit} rindu, bet tādu ir maz. Pārbaudiet, vai fails ir īstais.`,
    en: (d) =>
      `The file has more than ${d.limit} lines, but there are few such things. Check that it is the right file.`,
  },
  'code.two_things': {
    lv: (d) => `Agrākais kods reģistrā pieder citam nekā kods ${d.code}. Divas lietas par vienu nepadara.`,
    en: (d) =>
      `In the register the earlier code belongs to another than ${d.code}. Two things are not made one.`,
  },
  'succession.without_end': {
    lv: (d) => `Pēctecis ir, bet pēdējās dienas nav. Aizpildiet kolonnu ${d.column}.`,
    en: (d) => `A successor is named, but no last day. Fill in the column ${d.column}.`,
  },
  'scale.upside_down': {
    lv: (d) => `Lielākajam punktu skaitam jābūt lielākam par mazāko (${d.minimum}). Izlabojiet skalu.`,
    en: (d) => `The most points must be more than the fewest (${d.minimum}). Correct the scale.`,
  },
  'deletion.unknown': {
    lv: () => 'Dzēst nav ko: par šādu nekas nav zināms. Pārbaudiet kodu.',
    en: () => 'There is nothing to delete: no such one was ever known. Check the code.',
  },
  'deletion.still_used': {
    lv: () => 'Uz to vēl atsaucas citi ieraksti. Vispirms dzēsiet tos vai norādiet pēdējo dienu.',
    en: () => 'Other records still refer to it. Delete those first, or give it a last day.',
  },
  'learner.two_people': {
    lv: () =>
      'Agrākais kods pieder citam skolēnam. Divus cilvēkus ar failu par vienu nepadara: pārbaudiet avotā.',
    en: () =>
      'The earlier code is that of another learner. A file never makes two people one: check at the source.',
  },
  'representation.birth_unknown': {
    lv: () =>
      'Bērna dzimšanas mēnesis nav zināms, tāpēc nevar noteikt pilngadību. Aizpildiet kolonnu born_on.',
    en: () =>
      'The month of birth is not known, so nobody can tell when the child is of age. Fill in born_on.',
  },
  'representation.older_feed': {
    lv: (d) => `Saraksts ir par ${d.day}, bet jau ir pieņemts jaunāks (${d.last}). Sūtiet jaunāko.`,
    en: (d) => `The feed is of ${d.day}, but one of ${d.last} was taken already. Send the latest.`,
  },
  'representation.ends_many': {
    lv: (d) =>
      `Saraksts izbeigtu ${d.ended} no ${d.before} pārstāvībām. Pārbaudiet, vai tas ir pilns; ja ir, atkārtojiet ar --may-end-many.`,
    en: (d) =>
      `The feed would end ${d.ended} of ${d.before} representations. Check that it is complete; if it is, say --may-end-many.`,
  },
  'enrolment.ends_before_start': {
    lv: () => 'Pēdējā diena ir pirms pirmās. Izlabojiet datumus avotā.',
    en: () => 'The last day is before the first. Correct the days at the source.',
  },
  'enrolment.outside_school_year': {
    lv: (d) =>
      `Dienas ir ārpus mācību gada: atļauts no ${d.first} līdz ${d.last}. Izlabojiet datumus vai mācību gadu.`,
    en: (d) =>
      `The days are outside the school year: from ${d.first} to ${d.last}. Correct the days or the school year.`,
  },
  'enrolment.repeated': {
    lv: (d) => `Tas pats ieraksts jau ir ${d.otherLine}. rindā. Atstājiet vienu.`,
    en: (d) => `The same enrolment stands in line ${d.otherLine} already. Keep one of them.`,
  },
  'enrolment.overlap': {
    lv: (d) =>
      `Skolēns tajā pašā laikā jau ir ierakstīts ${d.otherLine}. rindā (līdz ${d.until}). ` +
      'Pamata mācību vieta vienā dienā ir viena: izlabojiet datumus avotā.',
    en: (d) =>
      `The learner is enrolled for the same time in line ${d.otherLine} (until ${d.until}). ` +
      'There is one main place of study on a day: correct the days at the source.',
  },
  'result.repeated': {
    lv: (d) => `Šī skolēna rezultāts šajā pārbaudījumā jau ir ${d.otherLine}. rindā. Atstājiet vienu.`,
    en: (d) => `This learner's result in this test stands in line ${d.otherLine} already. Keep one of them.`,
  },
  'learner.conflict': {
    lv: (d) =>
      `Par šo skolēnu ${d.otherLine}. rindā teikts citādi (${attribute(d.attribute, 'lv')}). Saskaņojiet avotā.`,
    en: (d) =>
      `Line ${d.otherLine} says otherwise about this learner (${attribute(d.attribute, 'en')}). Make them agree.`,
  },
  'learner.unknown': {
    lv: () => 'Šāda skolēna reģistrā nav. Vispirms importējiet skolēnu sarakstu vai izlabojiet kodu avotā.',
    en: () =>
      'The register has no such learner. Import the list of learners first, or correct the code at the source.',
  },
  'institution.two_municipalities': {
    lv: (d) =>
      `Šī iestāde ${d.otherLine}. rindā ir citā pašvaldībā (kods ${d.other}). ` +
      'Iestādei ir viena juridiskā adrese: saskaņojiet avotā.',
    en: (d) =>
      `Line ${d.otherLine} has this institution in another municipality (code ${d.other}). ` +
      'An institution has one legal address: make the lines agree at the source.',
  },
  'institution.conflict': {
    lv: (d) =>
      `Šī iestāde ${d.otherLine}. rindā aprakstīta citādi. Vienam kodam ir viens apraksts: saskaņojiet avotā.`,
    en: (d) =>
      `Line ${d.otherLine} describes this institution otherwise. One code has one description: make them agree.`,
  },
  'institution.unknown': {
    lv: () => 'Iestādes ar šādu kodu reģistrā nav. Izlabojiet kodu vai vispirms importējiet iestādes.',
    en: () => 'The register has no institution with this code. Correct it, or import the institutions first.',
  },
  'institution.too_many': {
    lv: (d) => `Failā ir vairāk nekā ${d.limit} dažādu iestāžu. Pārbaudiet, vai kartējumā ir īstā kolonna.`,
    en: (d) =>
      `The file has more than ${d.limit} different institutions. Check that the mapping names the right column.`,
  },
  'territory.conflict': {
    lv: (d) =>
      `Šī teritorija ${d.otherLine}. rindā aprakstīta citādi vai ir citā reģionā. ` +
      'Vienam kodam ir viens apraksts: saskaņojiet avotā.',
    en: (d) =>
      `Line ${d.otherLine} describes this territory otherwise or in another region. ` +
      'One code has one description: make the lines agree at the source.',
  },
  'territory.too_many': {
    lv: (d) =>
      `Failā ir vairāk nekā ${d.limit} dažādu teritoriju. Pārbaudiet, vai kartējumā ir īstā kolonna.`,
    en: (d) =>
      `The file has more than ${d.limit} different territories. Check that the mapping names the right column.`,
  },
  'territory.unknown': {
    lv: () => 'Teritorijas ar šādu kodu reģistrā nav. Izlabojiet kodu vai vispirms importējiet teritorijas.',
    en: () => 'The register has no territory with this code. Correct it, or import the territories first.',
  },
} satisfies Record<string, Record<Locale, (detail: Detail) => string>>

/** Version of these rules, kept with every import; a rule that is added, dropped or judges otherwise makes a new one. */
export const ruleSet = '3'

export type Rule = keyof typeof sentences
export const rules = Object.keys(sentences) as readonly Rule[]

/** The sentence of a rule in both languages. */
export function ruleWords(rule: string, detail: Detail): Words {
  const found: Record<Locale, (detail: Detail) => string> | undefined = sentences[rule as Rule]
  // A bank may hold refusals of a rule that later code has dropped.
  return found ? { lv: found.lv(detail), en: found.en(detail) } : { lv: rule, en: rule }
}

/** What cannot be begun: no such file, a wrong mapping, data of another kind. Nothing was read or kept. */
export class ImportProblem extends Error {
  readonly code: Rule
  readonly detail: Detail
  readonly words: Words
  constructor(code: Rule, detail: Detail = {}) {
    const words = ruleWords(code, detail)
    super(words.en)
    this.name = 'ImportProblem'
    this.code = code
    this.detail = detail
    this.words = words
  }
}

function number(value: string | number | undefined, locale: Locale): string {
  return locale === 'lv' ? String(value).replace('.', ',') : String(value)
}

function kindName(kind: string | number | undefined, locale: Locale): string {
  const names: Record<string, Words> = {
    made_up: { lv: 'izdomāti', en: 'made-up' },
    reference: { lv: 'atsauces', en: 'reference' },
    real: { lv: 'īsti', en: 'real' },
  }
  return names[String(kind)]?.[locale] ?? String(kind)
}

function attribute(name: string | number | undefined, locale: Locale): string {
  const names: Record<string, Words> = {
    sex: { lv: 'dzimums', en: 'sex' },
    birthMonth: { lv: 'dzimšanas mēnesis', en: 'month of birth' },
    name: { lv: 'vārds', en: 'name' },
  }
  return names[String(name)]?.[locale] ?? String(name)
}

function headerFaults({ missing = '', repeated = '', unexpected = 0 }: Detail, locale: Locale): string {
  const faults = [
    missing && `${locale === 'lv' ? 'trūkst' : 'missing'} ${missing}`,
    repeated && `${locale === 'lv' ? 'atkārtojas' : 'repeated'} ${repeated}`,
    unexpected && `${locale === 'lv' ? 'liekas kolonnas' : 'columns too many'}: ${unexpected}`,
  ]
  return faults.filter(Boolean).join('; ')
}
